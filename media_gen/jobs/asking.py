"""From a wish to rows: the money set aside and the job written in one transaction."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from media_gen.jobs.wishes import Wish
from media_gen.models import Job, Reference
from zaichat import vendor
from zaichat.accounts import ledger
from zaichat.accounts.ledger import NO_CURRENCY, Call
from zaichat.accounts.models import User
from zaichat.ids import new_id
from zaichat.zai import catalog
from zaichat.zai.catalog import Model

PURPOSE = {"image": "image", "video": "video"}


def ask(user: User, command: UUID, wish: Wish) -> list[Job]:
    """The jobs of a wish, one for each variant. The same command again finds the same jobs."""
    with transaction.atomic():
        if known := list(Job.objects.filter(owner=user, command_id=command).order_by("number")):
            return known
        batch = new_id()
        return [_write(user, command, wish, batch, number) for number in range(wish.count)]


def _write(user: User, command: UUID, wish: Wish, batch: UUID, number: int) -> Job:
    job = Job(
        owner=user,
        command_id=command,
        batch=batch,
        number=number,
        kind=wish.kind,
        model=wish.model.name,
        prompt=wish.prompt,
        parameters=wish.parameters,
        origin=wish.origin,
    )
    set_aside(job, wish.model)
    job.save(force_insert=True)
    Reference.objects.bulk_create(
        [Reference(job=job, file=file, number=at) for at, file in enumerate(wish.pictures)]
    )
    return job


def set_aside(job: Job, model: Model) -> None:
    """Reserve what one request costs. Call in the transaction that writes the job."""
    job.call, job.currency = new_id(), vendor.currency()
    ledger.reserve(call_of(job), price_of(model, job.currency))


def call_of(job: Job) -> Call:
    return Call(job.call, job.owner_id, PURPOSE[job.kind], job.pk, job.model, job.currency)


def price_of(model: Model, currency: str) -> int | None:
    """Billionths; 0 where nobody bills, None where the price is not published."""
    if currency == NO_CURRENCY:
        return 0
    price = model.unit_prices.get(currency)
    return price.nano if price else None


def again(job: Job, command: UUID) -> Job:
    """The same wish once more, as a job of its own: what was paid for stays as it is."""
    pictures = [row.file for row in job.references.select_related("file").order_by("number")]
    wish = Wish(catalog.find(job.model), job.prompt, job.parameters, tuple(pictures))
    return ask(job.owner, command, replace(wish, origin=job.origin))[0]
