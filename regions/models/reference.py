"""Reference data: which postcodes and gemeenten belong to which samenwerkingsverband and region (BWBR0032324)."""

from django.db import models
from django.db.models import Q


class SamenwerkingsverbandQuerySet(models.QuerySet):
    def covering(self, gemeente):
        """The SWVs a youth of this gemeente may belong to: its own, without doubtful rows, and the national ones."""
        return self.filter(
            Q(pk__in=GemeenteSwv.objects.filter(gemeente=gemeente, is_doubtful=False).values("swv"))
            | Q(is_national=True)
        )


class Samenwerkingsverband(models.Model):
    """A samenwerkingsverband passend onderwijs (art. 18a WPO, art. 17a WVO)."""

    class Kind(models.TextChoices):
        PO = "PO", "primair onderwijs"
        VO = "VO", "voortgezet onderwijs"

    key = models.CharField("sleutel", max_length=20, unique=True)
    code = models.CharField("code", max_length=10, blank=True)
    kind = models.CharField("soort", max_length=2, choices=Kind)
    is_national = models.BooleanField("landelijk", default=False)
    name = models.CharField("naam", max_length=160, blank=True)
    name_origin = models.CharField("herkomst van de naam", max_length=40, blank=True)
    label = models.CharField("label", max_length=200)
    area = models.CharField("gebied", max_length=200, blank=True)
    address = models.CharField("adres", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    city = models.CharField("plaats", max_length=80, blank=True)
    website = models.CharField("website", max_length=120, blank=True)
    # Fields that staff corrected; a later import leaves these alone.
    corrected = models.JSONField("gecorrigeerd", default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SamenwerkingsverbandQuerySet.as_manager()

    class Meta:
        verbose_name = "samenwerkingsverband"
        verbose_name_plural = "samenwerkingsverbanden"
        ordering = ["key"]
        permissions = [
            ("register_cases", "Jeugdigen aanmelden en kennen"),
            ("work_on_cases", "Werken met gedeelde jeugdigen"),
            ("view_journeys", "Reizen zien, zonder logboek"),
            ("account_for_subsidies", "Subsidie verantwoorden"),
            ("view_figures", "Cijfers zien"),
            ("record_reasons", "Redenen en diagnoses zien en vastleggen"),
        ]

    def __str__(self):
        """Its name; without a found name the label and the code (labels are not unique)."""
        if self.name:
            return self.name
        return self.label if not self.code or self.code in self.label else f"{self.label}, {self.code}"

    @property
    def short(self):
        """The code, or for the one SWV without a known code its key."""
        return self.code or self.key


class Gemeente(models.Model):
    code = models.CharField("gemeentecode", max_length=4, unique=True)
    name = models.CharField("naam", max_length=60)
    short_name = models.CharField("korte naam", max_length=60)
    province = models.CharField("provincie", max_length=20)
    swvs = models.ManyToManyField(Samenwerkingsverband, through="GemeenteSwv", related_name="gemeenten")

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        permissions = [
            ("register_cases", "Jeugdigen aanmelden en kennen"),
            ("view_figures", "Cijfers zien"),
        ]

    def __str__(self):
        return self.name


class GemeenteSwv(models.Model):
    gemeente = models.ForeignKey(Gemeente, on_delete=models.CASCADE, related_name="swv_rows")
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.CASCADE, related_name="gemeente_rows")
    is_whole = models.BooleanField("hele gemeente")
    postcode_count = models.PositiveSmallIntegerField("aantal postcodes")
    is_doubtful = models.BooleanField("twijfel", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gemeente", "swv"], name="gemeente_swv_once")]


class Postcode(models.Model):
    """The four digits of a postcode; `swv_po` and `swv_vo` are empty where the regeling names none."""

    digits = models.CharField("postcode", max_length=4, unique=True)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="postcodes")
    swv_po = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, null=True, related_name="+")
    swv_vo = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, null=True, related_name="+")
    is_doubtful = models.BooleanField("twijfel", default=False)

    class Meta:
        ordering = ["digits"]

    def __str__(self):
        return self.digits


class Region(models.Model):
    """A region of some kind; borders overlap, so gemeenten belong to many (never one tree)."""

    class Kind(models.TextChoices):
        RMC = "rmc", "Doorstroompunt-regio (RMC)"
        YOUTH = "jeugd", "jeugdregio"
        LABOUR = "arbeidsmarkt", "arbeidsmarktregio"
        WEL = "wel", "WEL-regio"

    kind = models.CharField("soort", max_length=12, choices=Kind)
    code = models.CharField("code", max_length=60)
    name = models.CharField("naam", max_length=120)
    year = models.PositiveSmallIntegerField("peiljaar", null=True)
    gemeenten = models.ManyToManyField(Gemeente, through="GemeenteRegion", related_name="regions")

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="region_kind_code_once")]

    def __str__(self):
        return self.name


class GemeenteRegion(models.Model):
    gemeente = models.ForeignKey(Gemeente, on_delete=models.CASCADE)
    region = models.ForeignKey(Region, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gemeente", "region"], name="gemeente_region_once")]
