"""Where somebody is gets tables of its own, apart from everything else that is sealed; what there is moves there."""

from typing import Any

from django.db import migrations, models

_APART = "place"
_MOVED = (
    ("DataKey", "PlaceKey", ("owner", "compartment", "institution", "key_version", "wrapped")),
    ("Sealed", "SealedWhereabouts", ("owner", "compartment", "version", "blob")),
)


def part(apps: Any, schema_editor: Any) -> None:
    """Move the rows of places out of the tables that hold everything."""
    for usual, apart, columns in _MOVED:
        _move(apps, schema_editor, usual, apart, columns)


def put_back(apps: Any, schema_editor: Any) -> None:
    """Move them back."""
    for usual, apart, columns in _MOVED:
        _move(apps, schema_editor, apart, usual, columns)


def _move(apps: Any, schema_editor: Any, source: str, target: str, columns: tuple[str, ...]) -> None:
    alias = schema_editor.connection.alias
    rows = apps.get_model("vault", source).objects.using(alias).filter(compartment=_APART)
    made = apps.get_model("vault", target)
    made.objects.using(alias).bulk_create((made(**row) for row in rows.values(*columns).iterator()), batch_size=400)
    rows.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0006_two_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlaceKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.UUIDField()),
                ('compartment', models.CharField(max_length=20)),
                ('institution', models.CharField(max_length=40)),
                ('key_version', models.IntegerField()),
                ('wrapped', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'compartment'), name='one_place_key')],
            },
        ),
        migrations.CreateModel(
            name='SealedWhereabouts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.UUIDField()),
                ('compartment', models.CharField(max_length=20)),
                ('version', models.IntegerField()),
                ('blob', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'compartment', 'version'), name='one_whereabouts')],
            },
        ),
        migrations.RunPython(part, put_back, elidable=False),
    ]
