import django.db.models.deletion
from django.db import migrations, models

from anju.places.conditions import inside, weighed
from anju.places.fences import Fence


class Migration(migrations.Migration):
    """Blank spots in clinics have a case each."""

    dependencies = [
        ('casework', '0011_clinics_in_registers'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClinicCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='案件编号')),
                ('village_code', models.CharField(max_length=12, verbose_name='村（社区）代码')),
                ('state', models.CharField(choices=[('checking', '办理中'), ('cleared', '已清零'), ('not_included', '核实不属空白点')], default='checking', max_length=12, verbose_name='状态')),
                ('pack', models.CharField(max_length=60, verbose_name='政策包')),
                ('procedure', models.CharField(max_length=30, verbose_name='程序')),
                ('step', models.CharField(blank=True, max_length=30, verbose_name='当前环节')),
                ('holder', models.CharField(blank=True, max_length=10, verbose_name='办理层级')),
                ('step_since', models.DateField(blank=True, null=True, verbose_name='进入当前环节日期')),
                ('step_due_on', models.DateField(blank=True, null=True, verbose_name='当前环节期限')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='全程期限')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='变更次数')),
                ('opened_on', models.DateField(verbose_name='立案日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['village_code', 'id'], name='casework_clinic_case_place')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('village_code',), name='casework_clinic_case_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('holder', ''), ('step', '')), models.Q(models.Q(('step', ''), _negated=True), models.Q(('holder', ''), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='casework_clinic_case_held_or_over')],
            },
        ),
        migrations.CreateModel(
            name='ClinicMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='第几次变更')),
                ('procedure', models.CharField(max_length=30, verbose_name='程序')),
                ('from_step', models.CharField(blank=True, max_length=30, verbose_name='原环节')),
                ('action', models.CharField(max_length=30, verbose_name='办理动作')),
                ('to_step', models.CharField(blank=True, max_length=30, verbose_name='到环节')),
                ('moved_on', models.DateField(verbose_name='办理日期')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('by', models.CharField(max_length=150, verbose_name='办理人（登录名）')),
                ('on_behalf_of', models.CharField(blank=True, max_length=150, verbose_name='代谁办理（登录名）')),
                ('step_due_on', models.DateField(blank=True, null=True, verbose_name='离开环节的期限')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='理由（代码）')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='casework.cliniccase', verbose_name='案件')),
            ],
            options={
                'ordering': ['case_id', 'version'],
                'constraints': [models.UniqueConstraint(fields=('case', 'version'), name='casework_clinic_move_once')],
            },
        ),
        Fence("casework_cliniccase", weighed(inside("village_code"))),
        Fence(
            "casework_clinicmove",
            "EXISTS (SELECT 1 FROM casework_cliniccase c WHERE c.id = case_id)",
        ),
    ]
