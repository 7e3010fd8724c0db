* Reads seizures.csv with its types and labels. Generated from the project's schema.
version 14
import delimited "seizures.csv", varnames(1) case(preserve) encoding("utf-8") stringcols(_all) bindquote(strict) clear
label variable event_id "Stable id of the seizure; survives re-linking. Numbers from 900001 on: read by a"
generate long _day = daily(date_start, "YMD")
drop date_start
rename _day date_start
format date_start %td
label variable date_start "First day of the span the sources name; blank when undated"
generate long _day = daily(date_end, "YMD")
drop date_end
rename _day date_end
format date_end %td
label variable date_end "Last day of that span; equals date_start for a known day"
generate int _code = .
replace _code = 1 if date_precision == "day"
label define date_precision_lbl 1 "day", add
replace _code = 2 if date_precision == "week"
label define date_precision_lbl 2 "week", add
replace _code = 3 if date_precision == "month"
label define date_precision_lbl 3 "month only", add
replace _code = 4 if date_precision == "year"
label define date_precision_lbl 4 "year only", add
replace _code = 5 if date_precision == "none"
label define date_precision_lbl 5 "undated", add
assert !missing(_code) if date_precision != ""
drop date_precision
rename _code date_precision
label values date_precision date_precision_lbl
label variable date_precision "How precise the date is; 'none': undated"
generate int _code = .
replace _code = 1 if date_basis == "stated"
label define date_basis_lbl 1 "stated on the page", add
replace _code = 2 if date_basis == "weekday"
label define date_basis_lbl 2 "resolved from a weekday", add
replace _code = 3 if date_basis == "published"
label define date_basis_lbl 3 "day of publication", add
replace _code = 4 if date_basis == "other_report"
label define date_basis_lbl 4 "filled from another outlet's report", add
assert !missing(_code) if date_basis != ""
drop date_basis
rename _code date_basis
label values date_basis date_basis_lbl
label variable date_basis "Where the date comes from; blank when undated"
destring year, replace
recast double year
format year %15.0gc
label variable year "Year, blank when unknown or when the span crosses years"
destring month, replace
recast double month
format month %15.0gc
label variable month "Month 1-12, blank when the date is coarser than a month"
label variable country "Country where the drugs lay (ISO 3166 alpha-2)"
label variable country_iso3 "The same as ISO 3166 alpha-3"
label variable admin1 "Governorate, today's English name; several: in one of them or across them"
label variable admin1_code "Governorate (ISO 3166-2)"
label variable admin1_ar "Governorate in Arabic"
label variable place "Most specific place, English"
label variable place_ar "Most specific place, Arabic"
destring latitude, replace
recast double latitude
format latitude %15.0gc
label variable latitude "WGS84; blank when the place is coarser than a town (degrees)"
destring longitude, replace
recast double longitude
format longitude %15.0gc
label variable longitude "WGS84; blank when the place is coarser than a town (degrees)"
generate int _code = .
replace _code = 1 if place_precision == "exact"
label define place_precision_lbl 1 "exact (crossing, port, named facility)", add
replace _code = 2 if place_precision == "town"
label define place_precision_lbl 2 "town", add
replace _code = 3 if place_precision == "district"
label define place_precision_lbl 3 "district", add
replace _code = 4 if place_precision == "border_strip"
label define place_precision_lbl 4 "stretch of the border", add
replace _code = 5 if place_precision == "governorate"
label define place_precision_lbl 5 "known to governorate only", add
replace _code = 6 if place_precision == "country"
label define place_precision_lbl 6 "known to country only", add
replace _code = 7 if place_precision == "none"
label define place_precision_lbl 7 "not stated", add
assert !missing(_code) if place_precision != ""
drop place_precision
rename _code place_precision
label values place_precision place_precision_lbl
label variable place_precision "How precisely the place is known"
destring place_uncertainty_km, replace
recast double place_uncertainty_km
format place_uncertainty_km %15.0gc
label variable place_uncertainty_km "Radius within which the place lies (km)"
generate int _code = .
replace _code = 1 if border_relation == "crosses_stated"
label define border_relation_lbl 1 "stated to cross the Iraq-Syria border", add
replace _code = 2 if border_relation == "near"
label define border_relation_lbl 2 "near the border", add
replace _code = 3 if border_relation == "not_near"
label define border_relation_lbl 3 "not near the border", add
replace _code = 4 if border_relation == "unknown"
label define border_relation_lbl 4 "undecided", add
assert !missing(_code) if border_relation != ""
drop border_relation
rename _code border_relation
label values border_relation border_relation_lbl
label variable border_relation "Relation to the Iraq-Syria border"
destring border_km, replace
recast double border_km
format border_km %15.0gc
label variable border_km "Position along the Iraq-Syria border, 0 = tripoint with Turkey (km)"
destring border_km_low, replace
recast double border_km_low
format border_km_low %15.0gc
label variable border_km_low "Lowest position compatible with the place's uncertainty (km)"
destring border_km_high, replace
recast double border_km_high
format border_km_high %15.0gc
label variable border_km_high "Highest position compatible with the place's uncertainty (km)"
destring border_distance_km, replace
recast double border_distance_km
format border_distance_km %15.0gc
label variable border_distance_km "Distance to the Iraq-Syria border (km)"
destring border_distance_low_km, replace
recast double border_distance_low_km
format border_distance_low_km %15.0gc
label variable border_distance_low_km "Lowest distance compatible with the place's uncertainty (km)"
destring border_distance_high_km, replace
recast double border_distance_high_km
format border_distance_high_km %15.0gc
label variable border_distance_high_km "Highest distance compatible with the place's uncertainty (km)"
generate int _code = .
replace _code = 1 if border_sector == "nineveh"
label define border_sector_lbl 1 "Nineveh", add
replace _code = 2 if border_sector == "anbar_euphrates"
label define border_sector_lbl 2 "Anbar: Euphrates", add
replace _code = 3 if border_sector == "anbar_desert"
label define border_sector_lbl 3 "Anbar: desert", add
replace _code = 4 if border_sector == "anbar"
label define border_sector_lbl 4 "Anbar, stretch unknown", add
assert !missing(_code) if border_sector != ""
drop border_sector
rename _code border_sector
label values border_sector border_sector_lbl
label variable border_sector "Sector of the border"
generate int _code = .
replace _code = 1 if border_side == "IQ"
label define border_side_lbl 1 "Iraqi side", add
replace _code = 2 if border_side == "SY"
label define border_side_lbl 2 "Syrian side", add
assert !missing(_code) if border_side != ""
drop border_side
rename _code border_side
label values border_side border_side_lbl
label variable border_side "Side of the border, by the country of the seizure"
label variable nearest_crossing "Nearest crossing of the Iraq-Syria border"
generate int _code = .
replace _code = 1 if drug == "captagon"
label define drug_lbl 1 "Captagon", add
replace _code = 2 if drug == "amphetamine_tablets"
label define drug_lbl 2 "amphetamine tablets", add
replace _code = 3 if drug == "pills_unspecified"
label define drug_lbl 3 "pills, kind not stated", add
replace _code = 4 if drug == "amphetamine"
label define drug_lbl 4 "amphetamine", add
replace _code = 5 if drug == "methamphetamine"
label define drug_lbl 5 "methamphetamine", add
replace _code = 6 if drug == "hashish"
label define drug_lbl 6 "hashish", add
replace _code = 7 if drug == "cannabis"
label define drug_lbl 7 "cannabis", add
replace _code = 8 if drug == "heroin"
label define drug_lbl 8 "heroin", add
replace _code = 9 if drug == "cocaine"
label define drug_lbl 9 "cocaine", add
replace _code = 10 if drug == "opium"
label define drug_lbl 10 "opium", add
replace _code = 11 if drug == "tramadol"
label define drug_lbl 11 "tramadol", add
replace _code = 12 if drug == "pregabalin"
label define drug_lbl 12 "pregabalin", add
replace _code = 13 if drug == "precursor"
label define drug_lbl 13 "precursors", add
replace _code = 14 if drug == "equipment"
label define drug_lbl 14 "equipment", add
replace _code = 15 if drug == "mixed"
label define drug_lbl 15 "several drugs together", add
replace _code = 16 if drug == "unspecified"
label define drug_lbl 16 "drug not stated", add
assert !missing(_code) if drug != ""
drop drug
rename _code drug
label values drug drug_lbl
label variable drug "Main drug: the most specific kind that a good primary report names"
label variable drugs_as_reported "Kinds of the main load as the reports name them"
generate int _code = .
replace _code = 1 if form == "equipment"
label define form_lbl 1 "equipment", add
replace _code = 2 if form == "raw_material"
label define form_lbl 2 "raw material", add
replace _code = 3 if form == "mixed_load"
label define form_lbl 3 "mixed load", add
replace _code = 4 if form == "crushed_or_powder"
label define form_lbl 4 "crushed or powder", add
replace _code = 5 if form == "tablets"
label define form_lbl 5 "tablets", add
replace _code = 6 if form == "unknown"
label define form_lbl 6 "unknown", add
assert !missing(_code) if form != ""
drop form
rename _code form
label values form form_lbl
label variable form "Form of the main load; weight becomes tablets only for 'tablets'"
destring tablets_low, replace
recast double tablets_low
format tablets_low %15.0gc
label variable tablets_low "Lowest figure of the outlets; lower bound of a conversion (tablets)"
destring tablets_best, replace
recast double tablets_best
format tablets_best %15.0gc
label variable tablets_best "Chosen figure (see tablets_rule); blank when no quantity is known (tablets)"
destring tablets_high, replace
recast double tablets_high
format tablets_high %15.0gc
label variable tablets_high "Highest figure; blank where the sources say 'more than' (tablets)"
generate int _code = .
replace _code = 1 if tablets_qualifier == "exact"
label define tablets_qualifier_lbl 1 "exact", add
replace _code = 2 if tablets_qualifier == "about"
label define tablets_qualifier_lbl 2 "about", add
replace _code = 3 if tablets_qualifier == "over"
label define tablets_qualifier_lbl 3 "more than", add
replace _code = 4 if tablets_qualifier == "under"
label define tablets_qualifier_lbl 4 "less than", add
replace _code = 5 if tablets_qualifier == "range"
label define tablets_qualifier_lbl 5 "range", add
replace _code = 6 if tablets_qualifier == "unstated"
label define tablets_qualifier_lbl 6 "not stated", add
assert !missing(_code) if tablets_qualifier != ""
drop tablets_qualifier
rename _code tablets_qualifier
label values tablets_qualifier tablets_qualifier_lbl
label variable tablets_qualifier "Wording of the chosen figure"
generate int _code = .
replace _code = 1 if tablets_basis == "stated"
label define tablets_basis_lbl 1 "as reported", add
replace _code = 2 if tablets_basis == "converted"
label define tablets_basis_lbl 2 "converted from the other unit", add
replace _code = 3 if tablets_basis == "none"
label define tablets_basis_lbl 3 "no quantity stated", add
assert !missing(_code) if tablets_basis != ""
drop tablets_basis
rename _code tablets_basis
label values tablets_basis tablets_basis_lbl
label variable tablets_basis "Whether the tablets are stated or converted from weight"
destring kg_low, replace
recast double kg_low
format kg_low %15.0gc
label variable kg_low "Lowest weight of the main load (kg)"
destring kg_best, replace
recast double kg_best
format kg_best %15.0gc
label variable kg_best "Chosen weight of the main load (kg)"
destring kg_high, replace
recast double kg_high
format kg_high %15.0gc
label variable kg_high "Highest weight of the main load; blank where the sources say 'more than' (kg)"
generate int _code = .
replace _code = 1 if kg_basis == "stated"
label define kg_basis_lbl 1 "as reported", add
replace _code = 2 if kg_basis == "converted"
label define kg_basis_lbl 2 "converted from the other unit", add
replace _code = 3 if kg_basis == "none"
label define kg_basis_lbl 3 "no quantity stated", add
assert !missing(_code) if kg_basis != ""
drop kg_basis
rename _code kg_basis
label values kg_basis kg_basis_lbl
label variable kg_basis "Whether the weight is stated or converted from a count"
destring conversion_g, replace
recast double conversion_g
format conversion_g %15.0gc
label variable conversion_g "Mass of a tablet used for a conversion; blank where nothing was converted (g)"
label variable quantity_as_reported "The words of the report whose figure was chosen"
label variable other_drugs "Drugs seized with the main load, drug:quantity:unit"
destring value_usd_reported, replace
recast double value_usd_reported
format value_usd_reported %15.0gc
label variable value_usd_reported "Estimated value as reported; never to be summed (USD)"
destring arrests, replace
recast double arrests
format arrests %15.0gc
label variable arrests "Arrests (chosen figure) (persons)"
destring killed, replace
recast double killed
format killed %15.0gc
label variable killed "Persons killed (chosen figure) (persons)"
generate int _code = .
replace _code = 1 if event_type == "interdiction"
label define event_type_lbl 1 "foiled smuggling attempt", add
replace _code = 2 if event_type == "raid"
label define event_type_lbl 2 "raid", add
replace _code = 3 if event_type == "factory"
label define event_type_lbl 3 "laboratory or factory", add
replace _code = 4 if event_type == "found_abandoned"
label define event_type_lbl 4 "found abandoned", add
replace _code = 5 if event_type == "airdrop_or_drone"
label define event_type_lbl 5 "drone, balloon or airdrop", add
replace _code = 6 if event_type == "other"
label define event_type_lbl 6 "other", add
assert !missing(_code) if event_type != ""
drop event_type
rename _code event_type
label values event_type event_type_lbl
label variable event_type "Kind of seizure"
generate int _code = .
replace _code = 1 if site_type == "crossing"
label define site_type_lbl 1 "Border crossing", add
replace _code = 2 if site_type == "port"
label define site_type_lbl 2 "Seaport", add
replace _code = 3 if site_type == "airport"
label define site_type_lbl 3 "Airport", add
replace _code = 4 if site_type == "parcel_hub"
label define site_type_lbl 4 "Parcel or freight hub", add
replace _code = 5 if site_type == "lab"
label define site_type_lbl 5 "Production site", add
replace _code = 6 if site_type == "storage"
label define site_type_lbl 6 "Warehouse or store", add
replace _code = 7 if site_type == "sea"
label define site_type_lbl 7 "At sea", add
replace _code = 8 if site_type == "road"
label define site_type_lbl 8 "Road or checkpoint", add
replace _code = 9 if site_type == "border_strip"
label define site_type_lbl 9 "On the border, away from crossings", add
replace _code = 10 if site_type == "desert"
label define site_type_lbl 10 "Desert", add
replace _code = 11 if site_type == "urban_building"
label define site_type_lbl 11 "Building in a town", add
replace _code = 12 if site_type == "unknown"
label define site_type_lbl 12 "Not stated", add
assert !missing(_code) if site_type != ""
drop site_type
rename _code site_type
label values site_type site_type_lbl
label variable site_type "Kind of site"
generate int _code = .
replace _code = 1 if transport == "ship_container"
label define transport_lbl 1 "Ship or container", add
replace _code = 2 if transport == "building"
label define transport_lbl 2 "Building or store", add
replace _code = 3 if transport == "truck"
label define transport_lbl 3 "Truck", add
replace _code = 4 if transport == "car"
label define transport_lbl 4 "Car", add
replace _code = 5 if transport == "bus"
label define transport_lbl 5 "Bus", add
replace _code = 6 if transport == "train"
label define transport_lbl 6 "Train", add
replace _code = 7 if transport == "motorcycle"
label define transport_lbl 7 "Motorcycle", add
replace _code = 8 if transport == "aircraft"
label define transport_lbl 8 "Aircraft", add
replace _code = 9 if transport == "balloon"
label define transport_lbl 9 "Balloon", add
replace _code = 10 if transport == "drone"
label define transport_lbl 10 "Drone", add
replace _code = 11 if transport == "parcel"
label define transport_lbl 11 "Parcel", add
replace _code = 12 if transport == "boat"
label define transport_lbl 12 "Boat", add
replace _code = 13 if transport == "on_foot"
label define transport_lbl 13 "On foot", add
replace _code = 14 if transport == "animal"
label define transport_lbl 14 "Animal", add
assert !missing(_code) if transport != ""
drop transport
rename _code transport
label values transport transport_lbl
label variable transport "Means of transport"
generate int _code = .
replace _code = 1 if method_group == "balloon"
label define method_group_lbl 1 "Balloon", add
replace _code = 2 if method_group == "drone"
label define method_group_lbl 2 "Drone", add
replace _code = 3 if method_group == "light_aircraft"
label define method_group_lbl 3 "Glider or microlight", add
replace _code = 4 if method_group == "air_unspecified"
label define method_group_lbl 4 "From the air, means not stated", add
replace _code = 5 if method_group == "river"
label define method_group_lbl 5 "Floated down a river", add
replace _code = 6 if method_group == "aircraft"
label define method_group_lbl 6 "Passenger or cargo flight", add
replace _code = 7 if method_group == "parcel"
label define method_group_lbl 7 "Parcel or express freight", add
replace _code = 8 if method_group == "sea"
label define method_group_lbl 8 "Sea: container, ship, boat", add
replace _code = 9 if method_group == "land_vehicle"
label define method_group_lbl 9 "Road vehicle", add
replace _code = 10 if method_group == "on_foot_animal"
label define method_group_lbl 10 "On foot or by animal", add
replace _code = 11 if method_group == "production"
label define method_group_lbl 11 "Production site", add
replace _code = 12 if method_group == "stored"
label define method_group_lbl 12 "In a building or store", add
replace _code = 13 if method_group == "unknown"
label define method_group_lbl 13 "Not stated", add
assert !missing(_code) if method_group != ""
drop method_group
rename _code method_group
label values method_group method_group_lbl
label variable method_group "Method of smuggling, grouped"
label variable concealment "How the drugs were hidden, as reported"
label variable agencies "Seizing bodies as reported"
label variable agency_codes "Seizing bodies by code"
generate int _code = .
replace _code = 1 if authority == "iq_federal"
label define authority_lbl 1 "Iraq: federal government", add
replace _code = 2 if authority == "iq_krg"
label define authority_lbl 2 "Iraq: Kurdistan Region", add
replace _code = 3 if authority == "sy_former_government"
label define authority_lbl 3 "Syria: former government (to 8 December 2024)", add
replace _code = 4 if authority == "sy_transitional"
label define authority_lbl 4 "Syria: transitional authorities (since 8 December 2024)", add
replace _code = 5 if authority == "sy_sdf_aanes"
label define authority_lbl 5 "Syria: SDF and autonomous administration of the north-east", add
replace _code = 6 if authority == "sy_sna"
label define authority_lbl 6 "Syria: Syrian National Army and Turkish-backed bodies", add
replace _code = 7 if authority == "sy_al_tanf"
label define authority_lbl 7 "Syria: al-Tanf (US-led coalition, Syrian Free Army)", add
replace _code = 8 if authority == "other_state"
label define authority_lbl 8 "Another state", add
replace _code = 9 if authority == "other"
label define authority_lbl 9 "Other (armed groups, international bodies)", add
assert !missing(_code) if authority != ""
drop authority
rename _code authority
label values authority authority_lbl
label variable authority "Authority the seizing bodies belong to"
label variable announced_by "Countries whose officials announced it (ISO 3166 alpha-2)"
label variable partner_countries "Countries that took part (ISO 3166 alpha-2)"
label variable origin_country "Where the load came from (ISO 3166 alpha-2)"
label variable destination_country "Where it was bound (ISO 3166 alpha-2)"
label variable origin_as_reported "Origin in the reports' words"
label variable destination_as_reported "Destination in the reports' words"
destring counted, replace
label variable counted "1: enters totals; 0: see not_counted_reason"
destring is_bundle, replace
label variable is_bundle "1: several seizures announced together and not broken out"
destring n_incidents, replace
recast double n_incidents
format n_incidents %15.0gc
label variable n_incidents "Seizures in a bundle, 1 otherwise; blank where a bundle gives no number"
label variable possible_duplicate_of "Better attested events that this one may repeat; totals are given with and witho"
destring figures_differ, replace
label variable figures_differ "1: the highest figure is at least 1.5 times the lowest"
generate int _code = .
replace _code = 1 if evidence == "official_text"
label define evidence_lbl 1 "official statement read", add
replace _code = 2 if evidence == "several_origins"
label define evidence_lbl 2 "several independent origins", add
replace _code = 3 if evidence == "one_origin"
label define evidence_lbl 3 "one origin", add
replace _code = 4 if evidence == "recalled_only"
label define evidence_lbl 4 "only recalled in later reports", add
replace _code = 5 if evidence == "weak"
label define evidence_lbl 5 "weak reports only", add
assert !missing(_code) if evidence != ""
drop evidence
rename _code evidence
label values evidence evidence_lbl
label variable evidence "What the event rests on"
destring n_reports, replace
recast double n_reports
format n_reports %15.0gc
label variable n_reports "Reports of the event"
destring n_outlets, replace
recast double n_outlets
format n_outlets %15.0gc
label variable n_outlets "Outlets, spellings folded"
destring n_origins, replace
recast double n_origins
format n_origins %15.0gc
label variable n_origins "Independent origins: copies of one wire or statement count once"
label variable languages "Languages of the reports (ISO 639)"
label variable source_urls "Addresses of the reports, official first; blank only where a machine read a text"
label variable official_url "First official page among them"
label variable flags "Check notes; see event_flags.csv"
generate int _code = .
replace _code = 1 if review_status == "curated"
label define review_status_lbl 1 "collected and reconciled by a person", add
replace _code = 2 if review_status == "reviewed"
label define review_status_lbl 2 "machine-read, reviewed by a person", add
replace _code = 3 if review_status == "machine"
label define review_status_lbl 3 "machine-read, not yet reviewed", add
assert !missing(_code) if review_status != ""
drop review_status
rename _code review_status
label values review_status review_status_lbl
label variable review_status "Whether a person reviewed the reports; 'machine' rows are never counted"
generate long _day = daily(first_reported, "YMD")
drop first_reported
rename _day first_reported
format first_reported %td
label variable first_reported "Earliest publication date among the reports; blank where none is known"
generate long _day = daily(last_changed, "YMD")
drop last_changed
rename _day last_changed
format last_changed %td
label variable last_changed "Date of the release that last changed this row"
label variable release "Release label"
generate long _day = daily(date_not_before, "YMD")
drop date_not_before
rename _day date_not_before
format date_not_before %td
label variable date_not_before "Earliest possible day of an undated or coarsely dated event"
generate long _day = daily(date_not_after, "YMD")
drop date_not_after
rename _day date_not_after
format date_not_after %td
label variable date_not_after "Latest possible day of an undated or coarsely dated event"
label variable date_bound_basis "What the bounds rest on"
generate int _code = .
replace _code = 1 if drug_group == "captagon"
label define drug_group_lbl 1 "Captagon", add
replace _code = 2 if drug_group == "amphetamine_tablets"
label define drug_group_lbl 2 "amphetamine tablets", add
replace _code = 3 if drug_group == "pills_unspecified"
label define drug_group_lbl 3 "pills, kind not stated", add
replace _code = 4 if drug_group == "amphetamine"
label define drug_group_lbl 4 "amphetamine", add
replace _code = 5 if drug_group == "methamphetamine"
label define drug_group_lbl 5 "methamphetamine", add
replace _code = 6 if drug_group == "hashish"
label define drug_group_lbl 6 "hashish", add
replace _code = 7 if drug_group == "cannabis"
label define drug_group_lbl 7 "cannabis", add
replace _code = 8 if drug_group == "heroin"
label define drug_group_lbl 8 "heroin", add
replace _code = 9 if drug_group == "cocaine"
label define drug_group_lbl 9 "cocaine", add
replace _code = 10 if drug_group == "opium"
label define drug_group_lbl 10 "opium", add
replace _code = 11 if drug_group == "tramadol"
label define drug_group_lbl 11 "tramadol", add
replace _code = 12 if drug_group == "pregabalin"
label define drug_group_lbl 12 "pregabalin", add
replace _code = 13 if drug_group == "precursor"
label define drug_group_lbl 13 "precursors", add
replace _code = 14 if drug_group == "equipment"
label define drug_group_lbl 14 "equipment", add
replace _code = 15 if drug_group == "mixed"
label define drug_group_lbl 15 "several drugs together", add
replace _code = 16 if drug_group == "unspecified"
label define drug_group_lbl 16 "drug not stated", add
assert !missing(_code) if drug_group != ""
drop drug_group
rename _code drug_group
label values drug_group drug_group_lbl
label variable drug_group "What is counted together: captagon holds captagon and amphetamine_tablets"
label variable drug_agreement "n/m: n of m reports name this drug"
generate int _code = .
replace _code = 1 if tablets_rule == "only_figure"
label define tablets_rule_lbl 1 "the only figure", add
replace _code = 2 if tablets_rule == "same_figure"
label define tablets_rule_lbl 2 "all reports agree", add
replace _code = 3 if tablets_rule == "official_newest"
label define tablets_rule_lbl 3 "newest official statement", add
replace _code = 4 if tablets_rule == "most_origins"
label define tablets_rule_lbl 4 "figure of most independent origins", add
replace _code = 5 if tablets_rule == "more_precise"
label define tablets_rule_lbl 5 "more precise wording", add
replace _code = 6 if tablets_rule == "median"
label define tablets_rule_lbl 6 "median of the figures", add
replace _code = 7 if tablets_rule == "update"
label define tablets_rule_lbl 7 "a count that grew: the later figure", add
replace _code = 8 if tablets_rule == "converted"
label define tablets_rule_lbl 8 "converted from the other unit", add
assert !missing(_code) if tablets_rule != ""
drop tablets_rule
rename _code tablets_rule
label values tablets_rule tablets_rule_lbl
label variable tablets_rule "Rule that chose the figure"
generate int _code = .
replace _code = 1 if not_counted_reason == "claim_of_site"
label define not_counted_reason_lbl 1 "a site that is only alleged", add
replace _code = 2 if not_counted_reason == "parts_unknown"
label define not_counted_reason_lbl 2 "a joint announcement whose seizures may be listed already", add
replace _code = 3 if not_counted_reason == "machine_read"
label define not_counted_reason_lbl 3 "read by a machine and not yet reviewed", add
assert !missing(_code) if not_counted_reason != ""
drop not_counted_reason
rename _code not_counted_reason
label values not_counted_reason not_counted_reason_lbl
label variable not_counted_reason "Why counted is 0"
label variable place_as_reported "The place in the reports' words"
label variable place_kind "Kind of place in the gazetteer"
generate int _code = .
replace _code = 1 if concealment_group == "moulded"
label define concealment_group_lbl 1 "Pressed or moulded into other goods", add
replace _code = 2 if concealment_group == "vehicle_cavity"
label define concealment_group_lbl 2 "Cavity or part of the vehicle", add
replace _code = 3 if concealment_group == "body"
label define concealment_group_lbl 3 "On the body or in clothing worn", add
replace _code = 4 if concealment_group == "livestock"
label define concealment_group_lbl 4 "Live or dead animals", add
replace _code = 5 if concealment_group == "fresh_produce"
label define concealment_group_lbl 5 "Fruit and vegetables", add
replace _code = 6 if concealment_group == "packaged_food"
label define concealment_group_lbl 6 "Packaged food and drink", add
replace _code = 7 if concealment_group == "furniture_wood"
label define concealment_group_lbl 7 "Furniture and wood", add
replace _code = 8 if concealment_group == "construction_material"
label define concealment_group_lbl 8 "Building material, stone, metal and pipes", add
replace _code = 9 if concealment_group == "machinery"
label define concealment_group_lbl 9 "Machinery, appliances and spare parts", add
replace _code = 10 if concealment_group == "textiles"
label define concealment_group_lbl 10 "Clothing and textiles", add
replace _code = 11 if concealment_group == "household_goods"
label define concealment_group_lbl 11 "Household and consumer goods", add
replace _code = 12 if concealment_group == "luggage"
label define concealment_group_lbl 12 "Luggage and bags carried", add
replace _code = 13 if concealment_group == "airborne"
label define concealment_group_lbl 13 "Hung from a balloon or flown", add
replace _code = 14 if concealment_group == "water"
label define concealment_group_lbl 14 "In the water", add
replace _code = 15 if concealment_group == "buried"
label define concealment_group_lbl 15 "Buried or hidden in the ground", add
replace _code = 16 if concealment_group == "production_site"
label define concealment_group_lbl 16 "Laboratory or workshop", add
replace _code = 17 if concealment_group == "building"
label define concealment_group_lbl 17 "House, warehouse or farm", add
replace _code = 18 if concealment_group == "parcel"
label define concealment_group_lbl 18 "Parcel or air cargo", add
replace _code = 19 if concealment_group == "among_cargo"
label define concealment_group_lbl 19 "Among cargo in a container or consignment", add
replace _code = 20 if concealment_group == "in_vehicle"
label define concealment_group_lbl 20 "In a vehicle, place not stated", add
replace _code = 21 if concealment_group == "abandoned_open"
label define concealment_group_lbl 21 "Left in the open", add
replace _code = 22 if concealment_group == "packets"
label define concealment_group_lbl 22 "Packets or bags, hiding place not stated", add
replace _code = 23 if concealment_group == "other"
label define concealment_group_lbl 23 "Other hiding place", add
replace _code = 24 if concealment_group == "unknown"
label define concealment_group_lbl 24 "Not stated", add
assert !missing(_code) if concealment_group != ""
drop concealment_group
rename _code concealment_group
label values concealment_group concealment_group_lbl
label variable concealment_group "How the drugs were hidden, grouped"
label variable transit_countries "Countries passed through (ISO 3166 alpha-2)"
generate int _code = .
replace _code = 1 if route_basis == "stated"
label define route_basis_lbl 1 "stated", add
replace _code = 2 if route_basis == "implied"
label define route_basis_lbl 2 "implied", add
assert !missing(_code) if route_basis != ""
drop route_basis
rename _code route_basis
label values route_basis route_basis_lbl
label variable route_basis "Whether origin and destination are stated or implied"
label variable partner_role "What the partners did"
label variable value_as_reported "Estimated value in the report's words"
destring arrests_low, replace
recast double arrests_low
format arrests_low %15.0gc
label variable arrests_low "Lowest number of arrests reported (persons)"
destring arrests_high, replace
recast double arrests_high
format arrests_high %15.0gc
label variable arrests_high "Highest number of arrests reported (persons)"
label variable capacity_as_reported "Output or 'enough for' figures of a site; enters no amount"
label variable event_url "Page of the event in the dashboard, relative to its address"
destring n_machine_reports, replace
recast double n_machine_reports
format n_machine_reports %15.0gc
label variable n_machine_reports "Reports of it that a machine read; beside a curated event they change no other c"
order event_id date_start date_end date_precision date_basis year month country country_iso3 admin1 admin1_code admin1_ar place place_ar latitude longitude place_precision place_uncertainty_km border_relation border_km border_km_low border_km_high border_distance_km border_distance_low_km border_distance_high_km border_sector border_side nearest_crossing drug drugs_as_reported form tablets_low tablets_best tablets_high tablets_qualifier tablets_basis kg_low kg_best kg_high kg_basis conversion_g quantity_as_reported other_drugs value_usd_reported arrests killed event_type site_type transport method_group concealment agencies agency_codes authority announced_by partner_countries origin_country destination_country origin_as_reported destination_as_reported counted is_bundle n_incidents possible_duplicate_of figures_differ evidence n_reports n_outlets n_origins languages source_urls official_url flags review_status first_reported last_changed release date_not_before date_not_after date_bound_basis drug_group drug_agreement tablets_rule not_counted_reason place_as_reported place_kind concealment_group transit_countries route_basis partner_role value_as_reported arrests_low arrests_high capacity_as_reported event_url n_machine_reports
