# Reads seizures.csv with its types and code lists. Needs the package readr.
# Generated from the project's schema. Usage: x <- read_seizures("seizures.csv")
read_seizures <- function(path = "seizures.csv") {
  types <- c(
    event_id = "c",
    date_start = "D",
    date_end = "D",
    date_precision = "c",
    date_basis = "c",
    year = "d",
    month = "d",
    country = "c",
    country_iso3 = "c",
    admin1 = "c",
    admin1_code = "c",
    admin1_ar = "c",
    place = "c",
    place_ar = "c",
    latitude = "d",
    longitude = "d",
    place_precision = "c",
    place_uncertainty_km = "d",
    border_relation = "c",
    border_km = "d",
    border_km_low = "d",
    border_km_high = "d",
    border_distance_km = "d",
    border_distance_low_km = "d",
    border_distance_high_km = "d",
    border_sector = "c",
    border_side = "c",
    nearest_crossing = "c",
    drug = "c",
    drugs_as_reported = "c",
    form = "c",
    tablets_low = "d",
    tablets_best = "d",
    tablets_high = "d",
    tablets_qualifier = "c",
    tablets_basis = "c",
    kg_low = "d",
    kg_best = "d",
    kg_high = "d",
    kg_basis = "c",
    conversion_g = "d",
    quantity_as_reported = "c",
    other_drugs = "c",
    value_usd_reported = "d",
    arrests = "d",
    killed = "d",
    event_type = "c",
    site_type = "c",
    transport = "c",
    method_group = "c",
    concealment = "c",
    agencies = "c",
    agency_codes = "c",
    authority = "c",
    announced_by = "c",
    partner_countries = "c",
    origin_country = "c",
    destination_country = "c",
    origin_as_reported = "c",
    destination_as_reported = "c",
    counted = "i",
    is_bundle = "i",
    n_incidents = "d",
    possible_duplicate_of = "c",
    figures_differ = "i",
    evidence = "c",
    n_reports = "d",
    n_outlets = "d",
    n_origins = "d",
    languages = "c",
    source_urls = "c",
    official_url = "c",
    flags = "c",
    review_status = "c",
    first_reported = "D",
    last_changed = "D",
    release = "c",
    date_not_before = "D",
    date_not_after = "D",
    date_bound_basis = "c",
    drug_group = "c",
    drug_agreement = "c",
    tablets_rule = "c",
    not_counted_reason = "c",
    place_as_reported = "c",
    place_kind = "c",
    concealment_group = "c",
    transit_countries = "c",
    route_basis = "c",
    partner_role = "c",
    value_as_reported = "c",
    arrests_low = "d",
    arrests_high = "d",
    capacity_as_reported = "c",
    event_url = "c",
    n_machine_reports = "d"
  )
  x <- readr::read_csv(path, col_types = do.call(readr::cols_only, as.list(types)), na = "",
                       locale = readr::locale(encoding = "UTF-8"))
  x[["date_precision"]] <- factor(x[["date_precision"]], levels = c("day", "week", "month", "year", "none"),
                          labels = c("day", "week", "month only", "year only", "undated"))
  x[["date_basis"]] <- factor(x[["date_basis"]], levels = c("stated", "weekday", "published", "other_report"),
                          labels = c("stated on the page", "resolved from a weekday", "day of publication", "filled from another outlet's report"))
  x[["place_precision"]] <- factor(x[["place_precision"]], levels = c("exact", "town", "district", "border_strip", "governorate", "country", "none"),
                          labels = c("exact (crossing, port, named facility)", "town", "district", "stretch of the border", "known to governorate only", "known to country only", "not stated"))
  x[["border_relation"]] <- factor(x[["border_relation"]], levels = c("crosses_stated", "near", "not_near", "unknown"),
                          labels = c("stated to cross the Iraq-Syria border", "near the border", "not near the border", "undecided"))
  x[["border_sector"]] <- factor(x[["border_sector"]], levels = c("nineveh", "anbar_euphrates", "anbar_desert", "anbar"),
                          labels = c("Nineveh", "Anbar: Euphrates", "Anbar: desert", "Anbar, stretch unknown"))
  x[["border_side"]] <- factor(x[["border_side"]], levels = c("IQ", "SY"),
                          labels = c("Iraqi side", "Syrian side"))
  x[["drug"]] <- factor(x[["drug"]], levels = c("captagon", "amphetamine_tablets", "pills_unspecified", "amphetamine", "methamphetamine", "hashish", "cannabis", "heroin", "cocaine", "opium", "tramadol", "pregabalin", "precursor", "equipment", "mixed", "unspecified"),
                          labels = c("Captagon", "amphetamine tablets", "pills, kind not stated", "amphetamine", "methamphetamine", "hashish", "cannabis", "heroin", "cocaine", "opium", "tramadol", "pregabalin", "precursors", "equipment", "several drugs together", "drug not stated"))
  x[["form"]] <- factor(x[["form"]], levels = c("equipment", "raw_material", "mixed_load", "crushed_or_powder", "tablets", "unknown"),
                          labels = c("equipment", "raw material", "mixed load", "crushed or powder", "tablets", "unknown"))
  x[["tablets_qualifier"]] <- factor(x[["tablets_qualifier"]], levels = c("exact", "about", "over", "under", "range", "unstated"),
                          labels = c("exact", "about", "more than", "less than", "range", "not stated"))
  x[["tablets_basis"]] <- factor(x[["tablets_basis"]], levels = c("stated", "converted", "none"),
                          labels = c("as reported", "converted from the other unit", "no quantity stated"))
  x[["kg_basis"]] <- factor(x[["kg_basis"]], levels = c("stated", "converted", "none"),
                          labels = c("as reported", "converted from the other unit", "no quantity stated"))
  x[["event_type"]] <- factor(x[["event_type"]], levels = c("interdiction", "raid", "factory", "found_abandoned", "airdrop_or_drone", "other"),
                          labels = c("foiled smuggling attempt", "raid", "laboratory or factory", "found abandoned", "drone, balloon or airdrop", "other"))
  x[["site_type"]] <- factor(x[["site_type"]], levels = c("crossing", "port", "airport", "parcel_hub", "lab", "storage", "sea", "road", "border_strip", "desert", "urban_building", "unknown"),
                          labels = c("Border crossing", "Seaport", "Airport", "Parcel or freight hub", "Production site", "Warehouse or store", "At sea", "Road or checkpoint", "On the border, away from crossings", "Desert", "Building in a town", "Not stated"))
  x[["transport"]] <- factor(x[["transport"]], levels = c("ship_container", "building", "truck", "car", "bus", "train", "motorcycle", "aircraft", "balloon", "drone", "parcel", "boat", "on_foot", "animal"),
                          labels = c("Ship or container", "Building or store", "Truck", "Car", "Bus", "Train", "Motorcycle", "Aircraft", "Balloon", "Drone", "Parcel", "Boat", "On foot", "Animal"))
  x[["method_group"]] <- factor(x[["method_group"]], levels = c("balloon", "drone", "light_aircraft", "air_unspecified", "river", "aircraft", "parcel", "sea", "land_vehicle", "on_foot_animal", "production", "stored", "unknown"),
                          labels = c("Balloon", "Drone", "Glider or microlight", "From the air, means not stated", "Floated down a river", "Passenger or cargo flight", "Parcel or express freight", "Sea: container, ship, boat", "Road vehicle", "On foot or by animal", "Production site", "In a building or store", "Not stated"))
  x[["authority"]] <- factor(x[["authority"]], levels = c("iq_federal", "iq_krg", "sy_former_government", "sy_transitional", "sy_sdf_aanes", "sy_sna", "sy_al_tanf", "other_state", "other"),
                          labels = c("Iraq: federal government", "Iraq: Kurdistan Region", "Syria: former government (to 8 December 2024)", "Syria: transitional authorities (since 8 December 2024)", "Syria: SDF and autonomous administration of the north-east", "Syria: Syrian National Army and Turkish-backed bodies", "Syria: al-Tanf (US-led coalition, Syrian Free Army)", "Another state", "Other (armed groups, international bodies)"))
  x[["counted"]] <- x[["counted"]] == 1L
  x[["is_bundle"]] <- x[["is_bundle"]] == 1L
  x[["figures_differ"]] <- x[["figures_differ"]] == 1L
  x[["evidence"]] <- factor(x[["evidence"]], levels = c("official_text", "several_origins", "one_origin", "recalled_only", "weak"),
                          labels = c("official statement read", "several independent origins", "one origin", "only recalled in later reports", "weak reports only"))
  x[["review_status"]] <- factor(x[["review_status"]], levels = c("curated", "reviewed", "machine"),
                          labels = c("collected and reconciled by a person", "machine-read, reviewed by a person", "machine-read, not yet reviewed"))
  x[["drug_group"]] <- factor(x[["drug_group"]], levels = c("captagon", "amphetamine_tablets", "pills_unspecified", "amphetamine", "methamphetamine", "hashish", "cannabis", "heroin", "cocaine", "opium", "tramadol", "pregabalin", "precursor", "equipment", "mixed", "unspecified"),
                          labels = c("Captagon", "amphetamine tablets", "pills, kind not stated", "amphetamine", "methamphetamine", "hashish", "cannabis", "heroin", "cocaine", "opium", "tramadol", "pregabalin", "precursors", "equipment", "several drugs together", "drug not stated"))
  x[["tablets_rule"]] <- factor(x[["tablets_rule"]], levels = c("only_figure", "same_figure", "official_newest", "most_origins", "more_precise", "median", "update", "converted"),
                          labels = c("the only figure", "all reports agree", "newest official statement", "figure of most independent origins", "more precise wording", "median of the figures", "a count that grew: the later figure", "converted from the other unit"))
  x[["not_counted_reason"]] <- factor(x[["not_counted_reason"]], levels = c("claim_of_site", "parts_unknown", "machine_read"),
                          labels = c("a site that is only alleged", "a joint announcement whose seizures may be listed already", "read by a machine and not yet reviewed"))
  x[["concealment_group"]] <- factor(x[["concealment_group"]], levels = c("moulded", "vehicle_cavity", "body", "livestock", "fresh_produce", "packaged_food", "furniture_wood", "construction_material", "machinery", "textiles", "household_goods", "luggage", "airborne", "water", "buried", "production_site", "building", "parcel", "among_cargo", "in_vehicle", "abandoned_open", "packets", "other", "unknown"),
                          labels = c("Pressed or moulded into other goods", "Cavity or part of the vehicle", "On the body or in clothing worn", "Live or dead animals", "Fruit and vegetables", "Packaged food and drink", "Furniture and wood", "Building material, stone, metal and pipes", "Machinery, appliances and spare parts", "Clothing and textiles", "Household and consumer goods", "Luggage and bags carried", "Hung from a balloon or flown", "In the water", "Buried or hidden in the ground", "Laboratory or workshop", "House, warehouse or farm", "Parcel or air cargo", "Among cargo in a container or consignment", "In a vehicle, place not stated", "Left in the open", "Packets or bags, hiding place not stated", "Other hiding place", "Not stated"))
  x[["route_basis"]] <- factor(x[["route_basis"]], levels = c("stated", "implied"),
                          labels = c("stated", "implied"))
  attr(x[["event_id"]], "label") <- "Stable id of the seizure; survives re-linking. Numbers from 900001 on: read by a machine only"
  attr(x[["date_start"]], "label") <- "First day of the span the sources name; blank when undated"
  attr(x[["date_end"]], "label") <- "Last day of that span; equals date_start for a known day"
  attr(x[["date_precision"]], "label") <- "How precise the date is; 'none': undated"
  attr(x[["date_basis"]], "label") <- "Where the date comes from; blank when undated"
  attr(x[["year"]], "label") <- "Year, blank when unknown or when the span crosses years"
  attr(x[["month"]], "label") <- "Month 1-12, blank when the date is coarser than a month"
  attr(x[["country"]], "label") <- "Country where the drugs lay (ISO 3166 alpha-2)"
  attr(x[["country_iso3"]], "label") <- "The same as ISO 3166 alpha-3"
  attr(x[["admin1"]], "label") <- "Governorate, today's English name; several: in one of them or across them"
  attr(x[["admin1_code"]], "label") <- "Governorate (ISO 3166-2)"
  attr(x[["admin1_ar"]], "label") <- "Governorate in Arabic"
  attr(x[["place"]], "label") <- "Most specific place, English"
  attr(x[["place_ar"]], "label") <- "Most specific place, Arabic"
  attr(x[["latitude"]], "label") <- "WGS84; blank when the place is coarser than a town (degrees)"
  attr(x[["longitude"]], "label") <- "WGS84; blank when the place is coarser than a town (degrees)"
  attr(x[["place_precision"]], "label") <- "How precisely the place is known"
  attr(x[["place_uncertainty_km"]], "label") <- "Radius within which the place lies (km)"
  attr(x[["border_relation"]], "label") <- "Relation to the Iraq-Syria border"
  attr(x[["border_km"]], "label") <- "Position along the Iraq-Syria border, 0 = tripoint with Turkey (km)"
  attr(x[["border_km_low"]], "label") <- "Lowest position compatible with the place's uncertainty (km)"
  attr(x[["border_km_high"]], "label") <- "Highest position compatible with the place's uncertainty (km)"
  attr(x[["border_distance_km"]], "label") <- "Distance to the Iraq-Syria border (km)"
  attr(x[["border_distance_low_km"]], "label") <- "Lowest distance compatible with the place's uncertainty (km)"
  attr(x[["border_distance_high_km"]], "label") <- "Highest distance compatible with the place's uncertainty (km)"
  attr(x[["border_sector"]], "label") <- "Sector of the border"
  attr(x[["border_side"]], "label") <- "Side of the border, by the country of the seizure"
  attr(x[["nearest_crossing"]], "label") <- "Nearest crossing of the Iraq-Syria border"
  attr(x[["drug"]], "label") <- "Main drug: the most specific kind that a good primary report names"
  attr(x[["drugs_as_reported"]], "label") <- "Kinds of the main load as the reports name them"
  attr(x[["form"]], "label") <- "Form of the main load; weight becomes tablets only for 'tablets'"
  attr(x[["tablets_low"]], "label") <- "Lowest figure of the outlets; lower bound of a conversion (tablets)"
  attr(x[["tablets_best"]], "label") <- "Chosen figure (see tablets_rule); blank when no quantity is known (tablets)"
  attr(x[["tablets_high"]], "label") <- "Highest figure; blank where the sources say 'more than' (tablets)"
  attr(x[["tablets_qualifier"]], "label") <- "Wording of the chosen figure"
  attr(x[["tablets_basis"]], "label") <- "Whether the tablets are stated or converted from weight"
  attr(x[["kg_low"]], "label") <- "Lowest weight of the main load (kg)"
  attr(x[["kg_best"]], "label") <- "Chosen weight of the main load (kg)"
  attr(x[["kg_high"]], "label") <- "Highest weight of the main load; blank where the sources say 'more than' (kg)"
  attr(x[["kg_basis"]], "label") <- "Whether the weight is stated or converted from a count"
  attr(x[["conversion_g"]], "label") <- "Mass of a tablet used for a conversion; blank where nothing was converted (g)"
  attr(x[["quantity_as_reported"]], "label") <- "The words of the report whose figure was chosen"
  attr(x[["other_drugs"]], "label") <- "Drugs seized with the main load, drug:quantity:unit"
  attr(x[["value_usd_reported"]], "label") <- "Estimated value as reported; never to be summed (USD)"
  attr(x[["arrests"]], "label") <- "Arrests (chosen figure) (persons)"
  attr(x[["killed"]], "label") <- "Persons killed (chosen figure) (persons)"
  attr(x[["event_type"]], "label") <- "Kind of seizure"
  attr(x[["site_type"]], "label") <- "Kind of site"
  attr(x[["transport"]], "label") <- "Means of transport"
  attr(x[["method_group"]], "label") <- "Method of smuggling, grouped"
  attr(x[["concealment"]], "label") <- "How the drugs were hidden, as reported"
  attr(x[["agencies"]], "label") <- "Seizing bodies as reported"
  attr(x[["agency_codes"]], "label") <- "Seizing bodies by code"
  attr(x[["authority"]], "label") <- "Authority the seizing bodies belong to"
  attr(x[["announced_by"]], "label") <- "Countries whose officials announced it (ISO 3166 alpha-2)"
  attr(x[["partner_countries"]], "label") <- "Countries that took part (ISO 3166 alpha-2)"
  attr(x[["origin_country"]], "label") <- "Where the load came from (ISO 3166 alpha-2)"
  attr(x[["destination_country"]], "label") <- "Where it was bound (ISO 3166 alpha-2)"
  attr(x[["origin_as_reported"]], "label") <- "Origin in the reports' words"
  attr(x[["destination_as_reported"]], "label") <- "Destination in the reports' words"
  attr(x[["counted"]], "label") <- "1: enters totals; 0: see not_counted_reason"
  attr(x[["is_bundle"]], "label") <- "1: several seizures announced together and not broken out"
  attr(x[["n_incidents"]], "label") <- "Seizures in a bundle, 1 otherwise; blank where a bundle gives no number"
  attr(x[["possible_duplicate_of"]], "label") <- "Better attested events that this one may repeat; totals are given with and without it"
  attr(x[["figures_differ"]], "label") <- "1: the highest figure is at least 1.5 times the lowest"
  attr(x[["evidence"]], "label") <- "What the event rests on"
  attr(x[["n_reports"]], "label") <- "Reports of the event"
  attr(x[["n_outlets"]], "label") <- "Outlets, spellings folded"
  attr(x[["n_origins"]], "label") <- "Independent origins: copies of one wire or statement count once"
  attr(x[["languages"]], "label") <- "Languages of the reports (ISO 639)"
  attr(x[["source_urls"]], "label") <- "Addresses of the reports, official first; blank only where a machine read a text without one"
  attr(x[["official_url"]], "label") <- "First official page among them"
  attr(x[["flags"]], "label") <- "Check notes; see event_flags.csv"
  attr(x[["review_status"]], "label") <- "Whether a person reviewed the reports; 'machine' rows are never counted"
  attr(x[["first_reported"]], "label") <- "Earliest publication date among the reports; blank where none is known"
  attr(x[["last_changed"]], "label") <- "Date of the release that last changed this row"
  attr(x[["release"]], "label") <- "Release label"
  attr(x[["date_not_before"]], "label") <- "Earliest possible day of an undated or coarsely dated event"
  attr(x[["date_not_after"]], "label") <- "Latest possible day of an undated or coarsely dated event"
  attr(x[["date_bound_basis"]], "label") <- "What the bounds rest on"
  attr(x[["drug_group"]], "label") <- "What is counted together: captagon holds captagon and amphetamine_tablets"
  attr(x[["drug_agreement"]], "label") <- "n/m: n of m reports name this drug"
  attr(x[["tablets_rule"]], "label") <- "Rule that chose the figure"
  attr(x[["not_counted_reason"]], "label") <- "Why counted is 0"
  attr(x[["place_as_reported"]], "label") <- "The place in the reports' words"
  attr(x[["place_kind"]], "label") <- "Kind of place in the gazetteer"
  attr(x[["concealment_group"]], "label") <- "How the drugs were hidden, grouped"
  attr(x[["transit_countries"]], "label") <- "Countries passed through (ISO 3166 alpha-2)"
  attr(x[["route_basis"]], "label") <- "Whether origin and destination are stated or implied"
  attr(x[["partner_role"]], "label") <- "What the partners did"
  attr(x[["value_as_reported"]], "label") <- "Estimated value in the report's words"
  attr(x[["arrests_low"]], "label") <- "Lowest number of arrests reported (persons)"
  attr(x[["arrests_high"]], "label") <- "Highest number of arrests reported (persons)"
  attr(x[["capacity_as_reported"]], "label") <- "Output or 'enough for' figures of a site; enters no amount"
  attr(x[["event_url"]], "label") <- "Page of the event in the dashboard, relative to its address"
  attr(x[["n_machine_reports"]], "label") <- "Reports of it that a machine read; beside a curated event they change no other cell"
  x
}
