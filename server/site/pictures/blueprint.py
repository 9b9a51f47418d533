"""Where the pictures are: ``{base}pictures/``."""

from flask import Blueprint

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")
