"""Pictures, slides, workbooks and files of what metrics.run answers. Nothing here computes a metric."""
