"""Downloads: the release's own rows, cut to what is shown, in CSV, GeoJSON, Parquet and XLSX."""
