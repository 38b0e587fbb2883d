"""Disability cards and bank accounts, sealed; the key with which numbers are digested."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.AddField(
            "person",
            "disability_card_sealed",
            models.BinaryField(blank=True, null=True, verbose_name="残疾人证号（SM4 密文）"),
        ),
        migrations.AddField(
            "person",
            "bank_account_sealed",
            models.BinaryField(blank=True, null=True, verbose_name="银行账号（SM4 密文）"),
        ),
        migrations.AddField(
            "person",
            "bank_account_digest",
            models.BinaryField(
                blank=True,
                max_length=32,
                null=True,
                verbose_name="银行账号摘要（HMAC-SM3，查同一账号用）",
            ),
        ),
        migrations.AddField(
            "person",
            "digest_key_id",
            models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="摘要密钥编号"),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                condition=models.Q(("bank_account_digest__isnull", False)),
                fields=["bank_account_digest"],
                name="registry_person_account",
            ),
        ),
    ]
