"""Lines that belong to the printer or to the web page and not to the document."""

import re

_STARTS = re.compile(
    r"附 *件|附 *[:表]|附录|抄送|主送|分享|扫一扫|打印|【|关闭|上一[篇条]|下一[篇条]|相关"
    r"|(?:文字|图片|政策|专家|视频)?解读 *(?:$|:)|图解|版权|[Cc]opyright|©|网站(?:地图|标识)|责任编辑"
    r"|(?:信息)?来源:|编辑:|联系(?:电话|人|我们|方式)|主办单位:[^、;]*$|承办单位:[^、;]*$|技术支持"
    r"|地址:|邮编|电话:|首页|返回|保护视力|字体|浏览次数|\(此件|\(?信息公开形式|https?://|www\."
)
_ANYWHERE = re.compile(r"ICP备|公网安备|公安网备|年\d{1,2}月\d{1,2}日 *印发")
_DATE_ALONE = re.compile(r"(?:20\d\d年\d{1,2}月\d{1,2}日|20\d{6})")


def is_footer(line: str) -> bool:
    """Whether a line after the last item begins what is no longer the document."""
    return bool(
        _STARTS.match(line) or _ANYWHERE.search(line) or _DATE_ALONE.fullmatch(line.strip())
    )
