-- one row an experiment and variant whose share of the people journey.toml names
select experiment, variant, share from cfg_splits order by experiment, variant
