"""`anju api`: print the description of the interface for other systems."""

import argparse
import json
from typing import Any


def register(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add `api` to the `anju` command."""
    parser = subparsers.add_parser("api", help="print the OpenAPI description of the interface")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the description as JSON."""
    from anju.api.urls import api

    print(json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=2, default=str))
    return 0
