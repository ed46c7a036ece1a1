"""The temporary databases of a drill are reached as the live ones are, whatever is in a password."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from amparo.config import environment
from amparo.vault.backups.drills import _address

TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=12)


@given(
    st.fixed_dictionaries(
        {
            "USER": TEXT.filter(bool),
            "PASSWORD": TEXT,
            "HOST": st.sampled_from(["", "/run/postgresql", "db.example", "127.0.0.1", "::1"]),
            "PORT": st.sampled_from(["", "5433"]),
            "OPTIONS": st.sampled_from([{}, {"sslmode": "verify-full", "sslrootcert": "/etc/own ca.pem"}]),
        }
    )
)
def test_an_address_says_what_the_live_one_says(told: dict[str, object]) -> None:
    again = environment.database(_address(told, "drill"), sqlite_file=Path("none"))

    assert {key: again[key] for key in told} == told
    assert again["NAME"] == "drill"
