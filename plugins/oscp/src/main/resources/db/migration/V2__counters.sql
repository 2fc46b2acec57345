-- Counters hold the energy at boundaries of windows that are not measured yet, too.
update energy_counter
   set count = jsonb_build_object('last', count, 'first', count -> 'at', 'boundaries', '[]'::jsonb);
