-- functions: event_params in other shapes than BigQuery's own, brought to its list of key and value; null where they are none of these
create or replace temp macro ga4_parsed(params) as
    case when json_type(params) = 'VARCHAR' then try_cast(params->>'$' as json) else params end;
-- a list whose values stand plain beside their keys, and an object of keys and values; a value that is a record is kept as it is
create or replace temp macro ga4_listed(params) as
    case json_type(params)
        when 'ARRAY' then to_json(list_transform(cast(params as json[]), lambda p:
            case when json_type(p, '$.value') = 'OBJECT' then p
                 else to_json({'key': p->>'$.key', 'value': {'string_value': p->>'$.value'}}) end))
        when 'OBJECT' then to_json(list_transform(json_keys(params), lambda k:
            case when json_type(json_extract(params, '$."' || k || '"')) = 'OBJECT'
                 then to_json({'key': k, 'value': json_extract(params, '$."' || k || '"')})
                 else to_json({'key': k, 'value': {'string_value': json_extract_string(params, '$."' || k || '"')}}) end)) end;
create or replace temp macro ga4_params(params) as ga4_listed(ga4_parsed(params));
