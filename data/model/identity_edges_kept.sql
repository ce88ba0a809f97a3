-- one row an edge between two nodes, without those of shared ids
select a.node as a, b.node as b
from int_edges e
join int_nodes a on a.kind = e.kind_a and a.value = e.value_a
join int_nodes b on b.kind = e.kind_b and b.value = e.value_b
where not exists (select 1 from int_shared s where s.kind = e.kind_a and s.value = e.value_a)
  and not exists (select 1 from int_shared s where s.kind = e.kind_b and s.value = e.value_b)
order by a, b
