"""What the codes of the audit trail are called: `household.change` → 农户：修改."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Word = str | Promise

NOUNS: Mapping[str, Word] = {
    "address": _("登录地址"),
    "api": _("接口"),
    "audit": _("审计记录"),
    "backup": _("备份"),
    "batch": _("导入批次"),
    "copy": _("培训用副本"),
    "division": _("行政区划"),
    "employment": _("务工"),
    "difference": _("名单变化"),
    "event": _("事件"),
    "export": _("导出申请"),
    "factor": _("第二验证"),
    "holding": _("名下财产"),
    "holiday": _("工作日历"),
    "household": _("农户"),
    "housing": _("住房"),
    "import row": _("导入行"),
    "income": _("收入"),
    "inspection": _("质检"),
    "intake": _("导入"),
    "keeping": _("数据保管"),
    "keys": _("密钥"),
    "member": _("家庭成员"),
    "monitoring": _("监测"),
    "paper": _("文书"),
    "paper_template": _("文书模板"),
    "person": _("人员"),
    "place": _("行政区划"),
    "post": _("岗位"),
    "problem": _("质检问题"),
    "profile": _("导入对照"),
    "recoding": _("撤并"),
    "register": _("名单"),
    "retention": _("保存期限"),
    "row": _("导入行"),
    "run": _("研判"),
    "scope": _("全县范围"),
    "scrub": _("培训用副本"),
    "session": _("登录"),
    "view": _("视图"),
    "status": _("状态"),
    "token": _("接口令牌"),
    "unit": _("单位"),
    "user": _("用户"),
    "case": _("案件"),
    "lead": _("线索"),
    "deputy": _("代办"),
    "measure": _("帮扶措施"),
    "follow_up": _("回访"),
    "removal_check": _("消除核查"),
    "notice": _("公示"),
    "objection": _("异议"),
    "open_page": _("公开页"),
    "self_report": _("自主申报"),
}

VERBS: Mapping[str, Word] = {
    "activate": _("启用"),
    "add": _("添加"),
    "apply": _("执行"),
    "approve": _("批准"),
    "archive": _("归档"),
    "ask": _("申请"),
    "cancel": _("取消"),
    "cancelled": _("已取消"),
    "change": _("修改"),
    "change_password": _("本人修改密码"),
    "checked": _("检查完毕"),
    "close": _("终止"),
    "codes": _("生成备用码"),
    "committing": _("写入"),
    "compare": _("比对"),
    "confirm": _("确认写入"),
    "correct": _("更正"),
    "create": _("新增"),
    "deactivate": _("停用"),
    "decide": _("人工判断"),
    "done": _("完成"),
    "end": _("结束"),
    "erase": _("清除"),
    "everything": _("临时放开"),
    "expire": _("到期删除"),
    "export": _("导出"),
    "fail": _("失败"),
    "failed": _("失败"),
    "fetch": _("下载"),
    "give": _("授予"),
    "hand_over": _("移交"),
    "initial_password": _("首次设置密码"),
    "issue": _("发放"),
    "join": _("加入"),
    "leave": _("离开"),
    "make": _("生成"),
    "mapped": _("对照列名"),
    "mapping": _("等待对照列名"),
    "merge": _("合并"),
    "open": _("立户"),
    "preview": _("预览"),
    "produce": _("生成文件"),
    "profile": _("保存对照"),
    "profile_forget": _("删除对照"),
    "read": _("查看"),
    "receive": _("接收文件"),
    "recode": _("改编码"),
    "record": _("登记"),
    "refuse": _("不批准或退回"),
    "refused": _("退回"),
    "register": _("登记"),
    "remove": _("移除"),
    "renew": _("换密钥"),
    "report": _("下载处理结果"),
    "reset": _("重置"),
    "put": _("更换"),
    "restore": _("恢复"),
    "retire": _("停用旧密钥"),
    "reveal": _("查看完整号码"),
    "reveal_refused": _("查看完整号码过于频繁，未予显示"),
    "revoke": _("收回"),
    "scrub": _("脱敏"),
    "set": _("设置"),
    "set_language": _("选择语言"),
    "differences": _("与上次名单比较"),
    "settle": _("认定"),
    "forget": _("删除"),
    "save": _("保存"),
    "set_password": _("重设密码"),
    "sign_in": _("登录成功"),
    "sign_in_failed": _("登录失败"),
    "sign_out": _("退出"),
    "start": _("开始"),
    "submit": _("提交"),
    "take_out": _("报送名单"),
    "take_up": _("重新处理"),
    "undecide": _("撤销判断"),
    "unlock": _("解锁"),
    "withdraw": _("撤销登记"),
    "accept": _("受理"),
    "adopt": _("接续监测户"),
    "answer": _("答复"),
    "phone": _("查看电话"),
    "post": _("张榜"),
    "take_down": _("提前撤下"),
    "appoint": _("指定"),
    "assign": _("分派"),
    "authorise": _("登记授权"),
    "begin": _("立案"),
    "begin_run": _("按研判批量立案"),
    "check_home": _("入户核查"),
    "explain": _("说明比对提示"),
    "follow": _("随户变更村"),
    "lapse": _("逾期终止"),
    "move": _("办理"),
    "raise": _("提出"),
    "raise_run": _("按研判生成"),
    "review": _("评议"),
    "set_kind": _("确定类别"),
    "withdraw_authorisation": _("撤回授权"),
    "plan": _("计划"),
    "add_risk": _("补登风险"),
    "finish": _("完成"),
    "acknowledge": _("农户认可"),
}

FAMILIES: Mapping[str, tuple[Word, tuple[str, ...]]] = {
    "sign-in": (_("登录与退出"), ("session.", "address.", "factor.")),
    "people": (_("用户、岗位与权限"), ("user.", "post.", "unit.", "token.")),
    "reads": (
        _("查看个人信息"),
        ("register.read", "household.read", "intake.preview", "api.", "view."),
    ),
    "reveals": (_("查看完整号码"), ("person.reveal",)),
    "exports": (_("导出"), ("register.export", "export.", "intake.report", "intake.take_out")),
    "imports": (_("导入"), ("intake.",)),
    "registers": (
        _("底册变更"),
        (
            "household.",
            "person.",
            "member.",
            "status.",
            "income.",
            "event.",
            "holding.",
            "housing.",
            "employment.",
        ),
    ),
    "casework": (
        _("线索与案件"),
        ("lead.", "case.", "deputy.", "notice.", "objection.", "open_page.", "self_report."),
    ),
    "monitoring": (_("监测"), ("monitoring.", "inspection.")),
    "places": (pgettext_lazy("audit family", "行政区划"), ("place.", "places.", "division.")),
    "keeping": (
        _("审计与数据保管"),
        ("audit.", "keeping.", "keys.", "backup.", "scope.", "retention.", "scrub."),
    ),
}


def action(code: str) -> str:
    """An action in words; the code itself where a part of it has no word."""
    noun, verb = _parts(code)
    if noun is None or verb is None:
        return code
    return gettext("%(noun)s：%(verb)s") % {"noun": noun, "verb": verb}


def kind(code: str) -> str:
    """A kind of thing in words."""
    return str(NOUNS.get(code, code))


def has_words(code: str) -> bool:
    """Whether an action can be told in words."""
    return None not in _parts(code)


def _parts(code: str) -> tuple[Word | None, Word | None]:
    """`monitoring.run.start` is about a run; `household.change` about a household."""
    *nouns, verb = code.split(".")
    return (NOUNS.get(nouns[-1]) if nouns else None), VERBS.get(verb)
