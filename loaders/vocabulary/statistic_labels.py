"""Words around statistics: changes, periods, what a label starts and ends with, breakdowns, statements of zero.

Patterns are matched over folded text without blanks. Groups of words carry one example sentence each.
"""

from dataclasses import dataclass

from loaders.document import Change


@dataclass(frozen=True, slots=True)
class ChangeVerb:
    """A verb or noun of change, its direction, and a sentence in which the number is the amount of the change."""

    word: str
    change: Change
    example: str


CHANGE_VERBS: tuple[ChangeVerb, ...] = (
    ChangeVerb("增长", Change.INCREASE, "访问量同比增长12%。"),
    ChangeVerb("增加", Change.INCREASE, "公开目录增加12项。"),
    ChangeVerb("增幅", Change.INCREASE, "粉丝增幅达12%。"),
    ChangeVerb("涨幅", Change.INCREASE, "粉丝涨幅达12%。"),
    ChangeVerb("上升", Change.INCREASE, "申请量上升12%。"),
    ChangeVerb("上涨", Change.INCREASE, "申请量上涨12%。"),
    ChangeVerb("提高", Change.INCREASE, "满意率提高12%。"),
    ChangeVerb("提升", Change.INCREASE, "满意率提升12%。"),
    ChangeVerb("扩大", Change.INCREASE, "覆盖面扩大12%。"),
    ChangeVerb("新增", Change.INCREASE, "公开目录新增12项。"),
    ChangeVerb("增设", Change.INCREASE, "公开栏目增设12个。"),
    ChangeVerb("多增", Change.INCREASE, "申请多增12件。"),
    ChangeVerb("下降", Change.DECREASE, "申请量下降12%。"),
    ChangeVerb("降低", Change.DECREASE, "收费降低12%。"),
    ChangeVerb("降幅", Change.DECREASE, "申请量降幅为12%。"),
    ChangeVerb("减少", Change.DECREASE, "申请材料减少12份。"),
    ChangeVerb("减幅", Change.DECREASE, "申请量减幅为12%。"),
    ChangeVerb("压缩", Change.DECREASE, "承诺时限压缩12%。"),
    ChangeVerb("压减", Change.DECREASE, "承诺时限压减12%。"),
    ChangeVerb("缩短", Change.DECREASE, "承诺时限缩短12天。"),
    ChangeVerb("缩减", Change.DECREASE, "办理环节缩减12个。"),
    ChangeVerb("精简", Change.DECREASE, "申请材料精简12份。"),
    ChangeVerb("削减", Change.DECREASE, "审批事项削减12项。"),
    ChangeVerb("核减", Change.DECREASE, "审批事项核减12项。"),
    ChangeVerb("回落", Change.DECREASE, "申请量回落12%。"),
    ChangeVerb("下滑", Change.DECREASE, "申请量下滑12%。"),
)
LEADING_CHANGES = ("压缩", "精简", "减少", "增加", "缩短", "削减", "核减", "压减", "缩减", "新增", "增设")
"""These name a change from the head of a phrase too: 精简材料近1万件."""
CHANGES_OF_LEVEL = frozenset({"提高", "提升", "扩大", "上升", "上涨", "增长", "下降", "降低", "回落", "下滑"})
"""These change how high something is: things counted behind them are what was changed, 提升3个服务中心."""
RANKS = r"名次|位次|排名|等级|档次|台阶|层次|梯队"
"""提升3个名次: counted steps are the amount of a change all the same."""
TIMES = r"(?:时限|时间|时长|周期|期限)$"
"""压缩3个事项办理时限: shorter became the time, by how much is not said."""
MEASURED_IN = frozenset(
    {
        "%",
        "‰",
        "百分点",
        "倍",
        "分",
        "元",
        "美元",
        "港元",
        "欧元",
        "工作日",
        "自然日",
        "小时",
        "学时",
        "课时",
        "分钟",
        "秒",
        "月",
        "季度",
        "星期",
        "周",
        "天",
        "公里",
        "千米",
        "平方米",
        "平方公里",
        "㎡",
        "立方米",
        "米",
        "亩",
        "公顷",
        "吨",
        "千克",
        "公斤",
        "千瓦时",
        "度",
    }
)
"""Units that measure: a number in them is by how much, whatever stands behind."""

CHANGE_TAIL = r"(?:了|率为|幅度|幅)?(?:达到了|达到|达|为|高达|:)?"
"""What may stand between a verb of change and its amount."""

NOT_A_CHANGE = r"[^,。;]{0,2}率"
"""Names of rates are labels, no amounts of a change: 增值率18%."""
CHANGED_TO_ONLY = r"升|降|增|减|缩|扩|压|扩展|拓展|调整|优化|改|变|转|调|提速"
TO_MARKS = r"到了|到|至|为|成"
TO_TAIL = r"(?:目前的?|今年的?|本年的?|当前的?|现在的?|现有的?|法定(?:时限)?的?|原来的?|的)?"
FROM_MARKS = r"(?:从|由)(?P<period>(?:去年|上年|年初|原来|原先|最初|此前|过去|以前|改革前|上一年度?|原有)(?:同期|末|底)?)?的?(?:法定的?|平均)?$"
CHANGE_NOUNS = r"增幅|涨幅|降幅|减幅|降速|增速"
"""Nouns of change are part of the label: 粉丝数增幅."""
CHANGE_ADVERBS = r"显著|大幅度?|明显|均|有所|平均|再|又|进一步|累计|分别|共|净|也|则|已|要|将|需"
COMPARISON_MARKS = r"[较比环与相是为]"
COMPARISON_STARTS = r"(?:较(?!大|多|好)|(?<!占)比(?!例|重|率|较|对)|[是为](?=去年|上年|往年|同期|(?:19|20)\d\d)|同比|环比|与(?:去年|上年|往年)|相比|相较).{0,10}$"

_NO_COMPARISON = r"(?<![比较与同是为])"
PERIODS = (
    _NO_COMPARISON + r"(?:"
    r"(?:截至|截止|截止到|至)?(?:19|20)\d{2}年度?(?:(?:第?[一二三四]|[1-4])季度|上半年|下半年|全年|以来|(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日?)?(?:[-—–~至到](?:(?:19|20)\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末|今)?)?月?(?:份|底|末|初|以来)?(?:春节)?(?:假期)?(?:期间|以来)?)?"
    r"|(?:截至|截止)(?:目前|发稿(?:时)?|报告期末|年底|当前|统计期末|\d{1,2}月(?:\d{1,2}日|底)?|发文之日)"
    r"|(?:今年|当年|本年度?)?\d{1,2}[-—–~至到]\d{1,2}月(?:份)?|(?:上|下)半年|第[一二三四1-4]季度|(?<!\d)[1-4]季度|(?<![\d年])\d{1,2}月份|(?:今年|本年)?前[两三23]个?季度|(?:[一二三四]、){0,3}[一二三四]季度"
    r"|(?:今年|本年度?|去年|上年(?!度?结转)度?|当年|全年|年内|年度内|报告期内|统计期内|本期|历年|近年|近[两三五]年)(?:以来|来|累计|期间)?"
    r"|自(?!收到|受理|接到|申请)[^,。;:]{1,10}(?:以来|起)|(?:一年|今年以|三年|多年|长期以)来|截至目前|目前|现阶段"
    r"|每(?:半年|季度|季|月|周|天|日|年|个工作日)|平均每(?:月|天|年))"
)
"""Explicit phrases of time that govern the numbers behind them."""

CUMULATIVE = r"历年"
APART = r"历年|另有|此外|不含|不包括"
"""What stands beside a whole, never in it."""
PERIOD_EXAMPLES = (
    ("全年发布12条。", "全年"),
    ("2020年受理12件。", "2020年"),
    ("截至2019年11月底注册12人。", "截至2019年11月底"),
    ("1至11月办理12件。", "1至11月"),
    ("自开通以来访问12次。", "自开通以来"),
    ("每季度公开12条。", "每季度"),
    ("目前入驻12家。", "目前"),
    ("2019年1-12月发布12条。", "2019年1-12月"),
)

CLAUSE_ENDS = ",。;:!?"
PAUSES = (",", ";")
BRACKETS = "()"
OPEN_BRACKET = "("
CLOSE_BRACKET = ")"
COLON = ":"
QUOTE = '"'
TITLE_OPENS = "《"
TITLE_CLOSES = "》"
SENTENCE_ENDS = "。!?"
PART_ENDS = "。;!?"
LISTING = "、"
LOOSE_ENDS = "、和与及的中等了,"
RATE_ENDS = "率比例重度"
LIST_MARK = r"[、,]|和(?!谐)|与|及(?!时|格)"
LIST_CLOSES = r"等(?:方式|形式|渠道|载体|途径|平台|活动|节点)?"
EACH = r"分别"
POSSESSIVE = "的"

BREAKDOWN_STARTS = r"(?:其中|包括|包含|分别为|分别是|分为|含)[,:]?(?:包含|包括)?"
OUT_OF_THEM = r"[^,。;]{0,20}中[,:]"
"""45件申请中,予以公开12件: the whole is the number before."""
OF_THEM = "其"
AMONG = r"中[,:]?(?:有|包含|包括|含)?(?:\"[^\"]*\"事项)?$"

LABEL_LEAD = (
    r"其中|包括|包含|含(?!义|量)|另外|另有|另|并且|并(?!联|行|网|购|存|举)|且|以及|和(?!谐|解)|与(?!会)|及(?!时|格)|还有|还(?!款|建|房|原)|也|均(?!衡|等)|都(?!市)|已经?|共计|总共|总计|一共|累计|共(?!同|享|建|有|产|和|青|治|用|性|识|赢)"
    r"|合计|全部|先后|分别|我[局市区县镇省州委办厅处院校中乡](?:机关)?|全[市区县镇省州乡院校局]共?(?!域|程)|本(?:机关|单位|局|镇|乡|街道|委|办|厅)|[省市县区]共|现有|现(?=入|共|已)|创下|可(?=为)|目前|当前|等(?!级|保|候)|由(?!来)|了|又|再(?!生|次|就|造)"
    r"|有(?!效|关|序|线|机)|约(?!谈|束|定|请|见)|前(?!置|沿|期|往|台|来)|向社会|[,。;:、)\]!?.|]|截至|截止|期间|为(?!民|企|农)|将(?!来)|的|是|仅|[一二三四五六七八九]是|主要(?!负责|领导|职能|职责|内容|做法)|至少|不少于|则|若|同时|此外|进一步"
    r"|不断|持续|切实|积极|及时(?!率)|依法依规|依法|依规|主动(?!公开|信息)|全面|大力|共有|就(?!业|医|学|近|地|诊)|即(?!办|时)|对应|相应|—+\d+—+|-\d+-"
)
LABEL_LEAD_EXAMPLE = "其中我局已累计共受理申请12件。"
LABEL_TAIL = (
    r"达到了?|(?<![下送到直抵])达(?!标)|高达|多达|(?<![行作])为(?!民)|是|共计|总计|合计|一共|(?<!公)共|累计|累积|(?<![预签合契制大])约|(?<![国所公])有|:|(?<!平)等共?|分别|各|各为|了|(?<![存现])在(?!线)"
    r"|的|仅|(?<![日月人年平户])均|也|已|(?<!退)还|则|即|(?<!成)就|(?<![通经])过|(?<![支付派推发演输])出|\||一共有|共有|不|(?<![许认])可|(?<![职功节智效可性])能|已经|总共|控制在|只有|只"
    r"|(?<![收接受])到|至|(?<!服)从|(?<!理)由|于|以|全部|都|实现了|时间内|每(?:个?工作日|半年|季度|季|月|周|天|日|年|次)|[,、(\"]"
)
LABEL_TAIL_EXAMPLE = "网上办事指南共计达12项。"
ADVERB_ALL = r"(?<!公)共(?!同|享|建|有制|产|和|青|治|用|性|识|赢)计?|总共|总计|一共|合计"

NOUN_FIRST = (
    r"即可|即(?!时)|新高|以来|以内|以上|增(?!值|殖|量)|提高|提升|上升|下降|减(?!税|免|证|灾|负|排)|压缩|到(?!期|访|场)|至|为(?!民|企|农)|并(?!联|网)|且|等(?!级|候|保)|左右"
    r"|和(?!谐|解)|与|及(?!时)|均|都(?!市)|已|全部(?:办结|按|完成|答复)|予以(?:公|答|办)|按(?:时|期|照|规)|未(?!成年|来)"
    r"|较|比(?!赛|对)|同比|环比|占(?!地|道)|其中|分别|将|供(?!水|电|应|热|养|给|销)|用于|列入|纳入|[、》)(\]|.·/]|元?大关|\"(?=[的等,。;、)]|$)|进入|被|由|从(?!业)|因(?!公)"
    r"|经(?!办|济|营|费|验|理|常|典)|则|也|还|又|再|后(?!续|台)|前(?!置|沿|期)|时(?!政|事|尚|限)|之|中(?!介|小|心|央|国|共|层|高|药|医|学|华|外|型|期|标)|于|是|有(?!效|关|序|奖)"
    r"|在(?!线|建|册|职|办|校|编)|通过|向|对(?!外|口|接|象|比)|同时|作为|上线|落户|得到|达(?!标)|突破|超(?!期|市|限|时|标)|不(?!动产|良|合格|予|见面|同|规范|必要|合理)|可(?!公开|再|追|视|研)"
    r"|能(?!源|力|耗|效)|须|需|应(?!急|用|诉|对)|转(?!移|载|办|企|让)|已经"
)
"""What follows a number that belongs to the noun before it: 12件均已答复, 90分钟即可完成."""

PERCENT_SCOPE = r"(?:全[市区县镇省州乡局]|共|有|其中|近|达到?|的|实现了?|为|,|、|约|另有|超|已|并)*"
"""Words before a percentage that name nothing: 全市100%村居."""

NOUN_CUT = (
    r"(?:以(?!上|下|内|外|及)|在(?!线|建|册|职|办|校)|通过|从(?!业)|涉及|(?<!公)共(?!同|享|建|有|产|和|青|治|用|性)|作为|由|用于|被|将|按照|根据|经过?(?!济|营|办|费|验|理)|并(?!联|网|行|购)|且|其中|均|都(?!市)|已"
    r"|至今|任(?=[^,。;]{0,4}[长员任])|整合|合并|组成|需(?!求)|要(?!求|素|点|闻)|予以|进行|加以|给予)"
)
"""Where a noun phrase behind a number ends: 60项高频事项|以小程序形式入驻."""

RELATIVE_STARTS = r"新的|涉及|影响|发挥|处于|存在|符合|不|未|需|可|能|具有|与|群众|正在|已|事关|关系|面向"
"""3项涉及民生的政策: the noun follows 的; in 5个试点区的经验 it stands before."""

NOUN_HEAD_GOES_ON = r"可|全部|都|实现"
NOUN_HEADS = r"领域|部门|单位|方面|乡镇|镇街|村居|行业"
"""26个试点领域|基层政务公开标准目录: what follows such a noun is another noun, unless it is a verb."""

QUANTITY_NOUN = r"(?:累计|总|微信|月均|日均|平均)*(?:粉丝|用户|播放|阅读|浏览|访问|点击|关注|下载|转发|办件|点赞|点播|订阅|占比|公开率|办结率|满意度|满意率|办结时长|办理时长|办理时间|办理时限|承诺时限|等候时间)(?:总)?(?:人)?[数量者]?(?:总)?(?:累[计积]?)?$"
"""15个平台|粉丝数累积超3170万: one noun for each of two numbers."""

VERBS = (
    r"收到|受理|接收|接到|接受|接待|召开|组织|开展|举办|举行|推送|发布|发放|印发|制定|出台|编发|编印|编辑|刊登|刊发|刊出|印刷|梳理|清理|完成|新增|建立|建成|设立|开设|设置|增设|推出|推动|推进|实现|"
    r"调用|办理|办结|答复|回复|处理|处置|解答|转载|收集|汇总|提供|生成|保障|走访|发现|下发|公布|公示|报送|审核|签订|培训|部署|提出|征集|采集|归集|归档|移交|录入|更新|维护|整改|关停|注销|入驻|进驻|覆盖|接入|"
    r"整合|配备|落实|聘请|邀请|参加|参与|形成|取消|下放|承接|调整|修订|废止|制作|拍摄|编制|起草|(?<!信息)(?<!政务)公开|释放|吸引|发出|查处|检查|抽查|抽检|监测|通报|约谈|督办|撰写|采用|录用|录制|上报|上传|投放|布设|安装|改造|回应|"
    r"引导|推荐|评选|获得|荣获|兑现|拨付|投入|支出|减免|征收|开通|运行|上线|构建|打造|规范|优化|共享|对接|打通|培育|帮助|指导|协调|化解|调解|收取|退还|处罚|作出|做出|下达|张贴|悬挂|播放|播出|展示|宣传|解读"
)
KIND_OF = r"(?:方式|形式|途径|渠道|类别|类型)(?:主要|分别)?(?:为|是)"
"""申请方式为网络申请12件: what comes behind is counted."""
DONE_BY = rf"(?:局|政府|委员会|办公室|厅)(?=主动公开|收到|受理)|(?<=[\"\w)]{{3}})已经?(?={VERBS})"
"""公众号已吸引粉丝12人: who did it is no part of the label."""
HAPPENS = frozenset({"次", "场", "期", "轮", "场次"})
"""Units of what happens: 4次窗口的暗访 counts visits."""
LIGHT_VERBS = r"推动|推进|实现|促进|确保"
"""推动网办事项占比提高到12%: the rate is measured, not the verb."""
MAKES_REAL = "实现"
"""甲类事项实现100%网上办理: the verb goes with what stands behind the share."""
LONG_LABEL = 18
"""A longer label is cut behind its last preposition, pause or verb that leaves enough."""

PLACE = r"(?:通过|利用|依托|借助|在(?!线|建|册|职|编|校))[^,。;]*(?:上|内|中(?!心|介|央|国)|里|平台|网站|系统|大厅|公众号|专栏|栏目|渠道|热线|媒体|微博|微信号?|网(?!络|办|上|站|民|友|格))"
"""Where or by what means something was done is no part of its label."""

LABEL_CUTS = (r"、", r"各类|各项|各种", r"的", r"及|和|与")
LABEL_CUTS_OF_SHARES = (r"各类|各项|各种", r"的")
"""甲事项和乙事项比例: a share of two things keeps both."""

ALL_OF_THEM = r"(?:全部|也)?(?:均|都|皆)"
TOGETHER = r"合计|总计|共计|总共|一共|合占|共占|(?:[两二三四]者|[两二三四]项|以上|上述).{0,4}占|之和|总和"
"""合计占97.55%: the share of several things together."""

SHARE = "占"
SHARE_LABEL = r"占比|占比率|比例|比率|比重"
GENERIC_LABELS = r"日均|月均|人均|年均|平均|总数|合计|总计|采纳率|回复率|办结率|公开率|答复率|完成率|覆盖率|满意率"
"""Labels that say little without the label before them."""

CARRIED_OVER = r"结转(?:至|到)?[下次]"
MADE_UP_BY = "由"
MADE_UP = r"组成|构成"
"""全文由六个部分组成: what is made up of the things counted stands before 由."""
ALL_OR_ALREADY = rf"(?:{ADVERB_ALL}|已经?)"
SCOPE_OF_SHARE = r"(?:至|到|为|占(?!比)|达)(?P<scope>(?!目前|今年|本年|当前|现在|现有|原来)[^,。;:的]{2,12})的$"
"""压缩至法定时限的20%: a share of that."""
WHOLE_PLACE = r"(?P<by>在|对|为|向)?(?:全[省市县区镇乡州国]|各地)(?:共|的)?$"
"""推进全市16个部门的系统整合: where things are counted says nothing of them."""
MEANS = r"通过|利用|依托|借助|在|按|依|根据|经|对"
SETS_ABOUT = rf"(?:{VERBS}|实施|着力|牵头|全力|首批|组织|要求|督促|对照|认真|出台|帮助|助力|负责|有效|共同|协同|各类|推广|予以|深入|率先|扎实|稳步|深化|持续|明确)+(?:出|了|为|成)?"
"""制定出台助推复工12条措施: verbs in front of what the context tells."""
ENUMERATES = r"包括|包含|共?分(?:为|$)|涵盖"
"""重点领域包括甲、乙等12个方面: what is enumerated is told by what stands before."""
ALTERNATIVE = "或"
FOLLOWING = ("以下", "下列", "如下")
SINCE_WHEN = r"(?:自[^,。;]{2,20}起|在[^,。;]{1,10}[后前])$"
RATES_OF_ALL = r"(?:按时)?(?:办结率|答复率|回复率|完成率)"
FINISHED_OF = r"(?:已?办结|已?答复|已?回复|已完成|办结)"
RECEIVED_OF = r"(?:受理|收到|接收|接到|收件)"


@dataclass(frozen=True, slots=True)
class ZeroStatement:
    """A pattern that states zero without a number; group `label` is what was zero, `text` the whole statement."""

    name: str
    pattern: str
    example: str
    label: str


ZERO_SUBJECTS = "申请|复议|诉讼|投诉|举报|申诉|费用|收费|费|案件|信访|败诉|纠错|差错|泄密|失密|泄露|追究|问题|事件|事故|情况|情形|行为|现象|违反|违规|违纪|后果|舆情|答复|减免"
ZERO_GUARD = r"(?:确保|保证|防止|避免|杜绝|如|若|如果|凡|对|力争|做到|争取|因|对于|针对|部分|个别)[^,。;]{0,8}$"
"""What makes a statement of zero a wish, a condition or a reason."""

ZERO_TRIGGERS = r"未|没|无|零|不存在"
_ZERO_END = r"(?=[,。;!?]|$)"
_ZERO_KIND = r"(?:任何|一起|一例|一件|一次|相关|有关|因|由)*"

ZERO_STATEMENTS: tuple[ZeroStatement, ...] = (
    ZeroStatement(
        "nothing came",
        r"(?P<text>(?:尚|暂|均|从)?(?:未|没有|没|无)(?:有)?(?:收到|接到|接收到?|收取|受理|办理|发现|产生|出现|发生|涉及|存在)(?:过)?"
        rf"{_ZERO_KIND}(?:[^,。;:!?]{{1,20}}的任何)?(?P<label>[^,。;:!?]{{2,40}}?)(?:的)?(?:情况|情形)?){_ZERO_END}",
        "全年未收到政府信息公开申请。",
        "政府信息公开申请",
    ),
    ZeroStatement(
        "it did not happen",
        r"(?P<text>(?:[^,。;:!?]{2,16}(?:引发|引起|导致|产生)的)?(?P<label>[^,。;:!?]{2,40}?)(?:的)?(?:情况|情形|案件|事件|现象)?"
        rf"(?:均|都|也|尚|全年|年内)*(?:没有|未|无|未曾)(?:发生|出现|收到|产生|受理)(?:过)?){_ZERO_END}",
        "行政复议和行政诉讼的情况均没有发生。",
        "行政复议和行政诉讼",
    ),
    ZeroStatement(
        "there was none",
        r"(?P<text>(?:均|暂|并|也)?(?:无|没有|不存在)(?!需|关|论|障碍|法|效|偿|差别|缝|纸|正当|愧|私|休|数|异议|人|须|故|从|力|条件)"
        rf"{_ZERO_KIND}(?P<label>[^,。;:!?无]{{2,40}}?(?:申请|复议|诉讼|投诉|举报|收费|费用?|案件|败诉|追究|减免|结转|政府信息))(?:的)?(?:情况|情形|事项|现象|事件)?){_ZERO_END}",
        "本年度无行政复议案件。",
        "行政复议案件",
    ),
    ZeroStatement(
        "it is nil",
        rf"(?P<text>(?P<label>[^,。;:!?]{{2,40}}?)(?:均|都|也)?(?:为|是)零){_ZERO_END}",
        "全年申请量为零。",
        "申请量",
    ),
    ZeroStatement(
        "zero of it",
        r"(?P<text>(?:继续保持|保持|实现)?零(?P<label>投诉|诉讼|复议|败诉|差错|申请|纠错|收费|举报|泄密|上访))",
        "全年实现零投诉。",
        "投诉",
    ),
)
