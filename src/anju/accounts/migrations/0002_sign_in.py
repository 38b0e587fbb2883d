import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='unit',
            name='kind',
            field=models.CharField(choices=[('bureau', '县直部门'), ('town', '乡镇'), ('village', '村（社区）'), ('school', '学校'), ('hospital', '医疗机构'), ('enterprise', '企业'), ('other', '其他')], max_length=10, verbose_name='单位类型'),
        ),
        migrations.AlterField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, help_text='空：本人没有选过，随浏览器里的选择', max_length=10, verbose_name='界面语言'),
        ),
        # Nobody knows when the passwords there are were set: their time begins with this version.
        migrations.AddField(
            model_name='user',
            name='password_set_on',
            field=models.DateField(default=datetime.date.today, verbose_name='密码设置日期'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False, help_text='初始密码：下次登录先改密码', verbose_name='须改密码'),
        ),
        migrations.CreateModel(
            name='OldPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='密码摘要')),
                ('set_on', models.DateField(verbose_name='设置日期')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_passwords', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'ordering': ['user_id', '-id'],
            },
        ),
        migrations.CreateModel(
            name='LoginAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('name_digest', models.CharField(blank=True, max_length=64, verbose_name='登录名摘要')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='来源地址')),
                ('outcome', models.CharField(choices=[('signed_in', '已登录'), ('wrong_password', '登录名或密码错误'), ('wrong_code', '验证码错误'), ('not_known', '统一身份没有对应的用户'), ('locked', '锁定期间再试'), ('unlocked', '已解锁')], max_length=20, verbose_name='结果')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['name_digest', '-id'], name='accounts_attempt_name'), models.Index(fields=['address', '-id'], name='accounts_attempt_address'), models.Index(fields=['at'], name='accounts_attempt_at')],
            },
        ),
    ]
