-- one decision more
insert into decisions values (
    :id, 1, :signed_at, :signed_by, :signed_at, :signed_by, :claim, :worth, :journey, :stage, :metric, :metric_version, :line, :below, :value, :low, :high,
    :n, :first_day, :last_day, :generation, :owner, :other_side, :due, :status, :notes)
