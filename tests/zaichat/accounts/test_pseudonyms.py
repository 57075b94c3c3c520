"""What the vendor sees of a person, and how secrets rest."""

import re
from uuid import UUID

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.conf import LazySettings

from zaichat.accounts.pseudonyms import pseudonym
from zaichat.accounts.sealing import seal, unseal

ALICE, BOB = UUID(int=1), UUID(int=2)


def test_a_pseudonym_is_stable_and_says_nothing() -> None:
    assert re.fullmatch("[0-9a-f]{32}", pseudonym(ALICE))
    assert pseudonym(ALICE) == pseudonym(UUID(int=1))
    assert pseudonym(ALICE) != pseudonym(BOB)


def test_a_pseudonym_follows_the_data_key_and_survives_a_newer_one(settings: LazySettings) -> None:
    before = pseudonym(ALICE)
    settings.DATA_KEYS = [Fernet.generate_key().decode(), *settings.DATA_KEYS]
    assert pseudonym(ALICE) == before
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert pseudonym(ALICE) != before


def test_a_sealed_secret_opens_with_an_older_key_too(settings: LazySettings) -> None:
    sealed = seal("JBSWY3DP")
    assert "JBSWY3DP" not in sealed
    settings.DATA_KEYS = [Fernet.generate_key().decode(), *settings.DATA_KEYS]
    assert unseal(sealed) == "JBSWY3DP"


def test_a_sealed_secret_stays_shut_without_its_key(settings: LazySettings) -> None:
    sealed = seal("JBSWY3DP")
    settings.DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        unseal(sealed)
