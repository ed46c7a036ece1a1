"""Lists of thousands are counted and ordered on each person's own line; that line is filled here."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps: Any, _schema_editor: Any) -> None:
    person, obligation = apps.get_model("casework", "Person"), apps.get_model("casework", "Obligation")
    owed = obligation.objects.filter(person=OuterRef("pk"), is_owed=True).order_by().values("person")
    due = owed.filter(status="due")
    person.objects.update(
        owed=Coalesce(Subquery(owed.annotate(found=Count("pk")).values("found")), 0),
        next_due_on=Subquery(due.annotate(found=Min("due_on")).values("found")),
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_assignments")]

    operations = [
        migrations.AddField("person", "owed", models.IntegerField(default=0)),
        migrations.AddIndex(
            "person",
            models.Index(fields=["id", "owed", "overdue", "next_due_on", "rank"], name="person_in_lists"),
        ),
        migrations.AlterField(
            "obligation",
            "person",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="obligations", to="casework.person"
            ),
        ),
        migrations.AddIndex(
            "obligation",
            models.Index(
                fields=["unit", "office", "status", "due_on", "person", "is_owed"],
                condition=models.Q(is_owed=True),
                name="owed_by_office",
            ),
        ),
        migrations.RemoveIndex("obligation", "obligations_of_person"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
