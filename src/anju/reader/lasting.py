"""How long a thing may take: 压缩到5个工作日以内 is a number to be reached, 收到后5个工作日内 a deadline."""

import re

#: What stands right before a length of time that is a limit.
LASTS = re.compile(
    r"(?:控制|压缩|压减|压降|缩短|缩减|减少|减|降低|降|精简|提速|限定)(?:到|至|为|在|成)(?:平均)?$|(?:不(?:得|能|可)?(?:超过|多于|长于)|"
    r"由?原?(?:法定|承诺)?(?:时限)?\d+(?:个?工作日|天|个月|小时)(?:再)?(?:压缩|压减|缩短|缩减|减|降)(?:到|至|为))$"
)
#: The number and its unit behind it.
LASTING = re.compile(
    r"(?<=[到至为在成过均于短减缩])(?P<low>\d+(?:\.\d+)?)(?P<high>) ?(?P<unit>个?工作日|个?自然日|天|日(?!龄|元|[前均])|小时|分钟|个月)(?!龄)"
)
