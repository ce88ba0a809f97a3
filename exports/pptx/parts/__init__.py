"""What a file of slides holds beside what is seen: its own record, and frames whose content can be made anew."""
