-- a function: text without e-mail addresses, IBANs, card numbers, IP addresses and phone numbers
create or replace macro @{place}redacted(words) as
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(words,
        '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}', '[e-mail]', 'g'),
        '\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b', '[account]', 'g'),
        '\b(?:[0-9]{4}[ -]?){3}[0-9]{1,7}\b', '[card]', 'g'),
        '\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b', '[address]', 'g'),
        '(?:\+|\b00)[0-9][0-9 ()/.-]{6,}[0-9]|\b0[0-9]{2,5}[ /-]?[0-9]{3,}(?:[ /-][0-9]{2,})*\b|\([0-9]{2,5}\) ?[0-9][0-9 -]{4,}[0-9]', '[phone]', 'g')
