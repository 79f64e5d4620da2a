"""Prints the values that Python sends for dates of pickers, as JSON lines: [class, attribute, value as text, wire value or null]."""

import datetime
import json

import bokeh.models
from bokeh.core.serialization import Serializer

VALUES = {
    "day": datetime.date(2024, 3, 10),
    "time": datetime.datetime(2024, 3, 10, 15, 30),
    **{text: text for text in [
        "2024-03-10", "2024-02-29", "2024-03-10T15:30:00", "2024-03-10 15:30:00", "2024-03-10T15:30",
        "2024-03-10T15:30:00+02:00", "2024-03-10T15:30:00Z", "junk", "2024-02-31", "2023-02-29", "2024-13-01", "",
        "2024-3-10", "2024-03-10T25:00:00",
    ]},
    "5": 5,
    "null": None,
}
PLAIN = ["value", "min_date", "max_date"]


def forms(cls, attr):
    """Returns a value in the form of an attribute."""
    if attr.endswith("_dates"):
        return [lambda value: [value], lambda value: [(value, value)]]
    if attr == "value" and "Multiple" in cls:
        return [lambda value: [value]]
    if attr == "value" and "Range" in cls:
        return [lambda value: (value, value)]
    return [lambda value: value]


def sent(cls, attr, value):
    try:
        model = getattr(bokeh.models, cls)(**{attr: value})
    except ValueError:
        return {"refused": True}
    return {"sent": Serializer().serialize(model).content["attributes"].get(attr)}


for cls in ["DatePicker", "DateRangePicker", "MultipleDatePicker",
            "DatetimePicker", "DatetimeRangePicker", "MultipleDatetimePicker"]:
    for attr in [*PLAIN, "disabled_dates", "enabled_dates"]:
        for index, form in enumerate(forms(cls, attr)):
            for name, value in VALUES.items():
                print(json.dumps([cls, attr, index, name, sent(cls, attr, form(value))]))
