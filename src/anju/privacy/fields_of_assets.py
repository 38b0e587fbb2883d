"""Columns of the register of relief assets; read through `anju.privacy.fields`."""

_KNOWN = "known_from known_to"

#: model → class → columns
ASSETS: dict[str, dict[str, str]] = {
    "assets.Asset": {
        "public": "code county_code name kind category division_code site project fund built_on"
        " holder_level has_title titled_on keeper keeper_duty handed_over_on use",
        "contact": "address",
        "identity": "title_holder title_number",
        "finance": "original_value present_value",
        "note": "source",
        "technical": "id household known_on",
    },
    "assets.AssetState": {
        "public": "use",
        "note": "reason paper source",
        "technical": f"id asset valid_from valid_to {_KNOWN}",
    },
    "assets.Title": {
        "public": "holder_level has_title titled_on",
        "identity": "title_holder title_number",
        "note": "source",
        "technical": f"id asset valid_from valid_to {_KNOWN}",
    },
    "assets.Upkeep": {
        "public": "keeper keeper_duty",
        "note": "source",
        "technical": f"id asset valid_from valid_to {_KNOWN}",
    },
    "assets.Valuation": {
        "finance": "present_value",
        "note": "source",
        "technical": f"id asset valid_from valid_to {_KNOWN}",
    },
    "assets.Lease": {
        "public": "starts_on ends_on",
        "identity": "operator",
        "finance": "yearly_rent",
        "note": "source",
        "technical": f"id asset {_KNOWN}",
    },
    "assets.Yield": {
        "finance": "due received upkeep posts public hardship collective other",
        "public": "year published_on",
        "note": "source",
        "technical": f"id asset {_KNOWN}",
    },
}
