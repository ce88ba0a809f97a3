-- one version more of a case; a version that is there already is somebody else's
insert into cases values (:id, :version, :at, :who, :name, :journey, :spec, :generation, :currency, :low, :middle, :high)
