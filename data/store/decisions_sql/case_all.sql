-- the newest version of every case of a journey, the one saved last on top
select * from cases c where journey = :journey and version = (select max(version) from cases o where o.id = c.id) order by at desc, id
