"""How statistics are written: numerals, multipliers, units and qualifiers, each with an example of its own.

Words are compared with folded text from which blanks were taken out. A `guard` lists what must not follow a unit:
with it the word is the beginning of another word ("3部" but "3部门").
"""

from dataclasses import dataclass

from loaders.document import Qualifier


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word as printed, the unit it is stored as (None: as printed), and a sentence that counts with it.

    `guard` holds characters that must not follow; `spoken` says that numerals in words count with it too.
    """

    word: str
    example: str
    unit: str | None = None
    guard: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class QualifierWord:
    """A word before or behind a number that says how exactly it is meant.

    `not_after` and `not_before` hold characters that make it part of another word (节约, 附近, 内部).
    """

    word: str
    qualifier: Qualifier
    example: str
    not_after: str = ""
    not_before: str = ""


DIGITS_IN_WORDS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
PLACES_IN_WORDS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万亿": 1_000_000_000_000, "亿": 100_000_000, "万": 10_000}
MULTIPLIERS = {**MYRIADS, "千万": 10_000_000, "百万": 1_000_000, "千": 1000, "百": 100}
MULTIPLIER_NOT_BEFORE = "克米瓦伏强货姓分"
POINT_IN_WORDS = "点"
LONE_ONE = "一"
TEN = "十"
HALF = "半"
HALF_SPANS = {"个月": "月", "月": "月", "个小时": "小时", "小时": "小时"}
HALF_UNITS = r"个?(?:月|小时)"
PERCENT_IN_WORDS = "百分之"
OUT_OF = "分之"
FRACTION_MARK = "/"
TENTHS = "成"
TENTHS_NOT_AFTER = "完建形达变组促合制生养编构"
TENTHS_NOT_BEFORE = "为立果功效员绩本熟品型就套不交"
PERCENT = "%"
GREAT = "大"
GREAT_NOUNS = (
    "功能|方面|板块|领域|平台|任务|举措|行动|工程|项目|体系|专区|模块|栏目|重点|目标|系统|环节|专项|专题|主题|机制|抓手"
)
"""三大功能 counts functions; 三大攻坚战 is a name, as are all that this list leaves out."""

NEGATIVE_AFTER = r"(?:[率幅速]|增长|增减|变化|同比|环比|差额|净增|较上年|比上年)(?:[为是达:]|率为)?"
"""Behind these a dash before a number is its sign: 增长率为-3.2%; elsewhere it may open an item of a list."""
RANGE_MARKS = "-~—–至到"
LIST_MARKS = "、和及与"
SOLE_PLACES_AFTER = "超近破上逾过约达"
"""百余件 and 近千人 are numbers, 百姓 and 万家 are not: a numeral of places alone needs a qualifier."""

UNITS: tuple[Unit, ...] = (
    Unit("%", "办结率为98.5%。"),
    Unit("‰", "差评率仅为3‰。"),
    Unit("个百分点", "满意度提高2.5个百分点。", "百分点"),
    Unit("百分点", "满意度提高2.5百分点。"),
    Unit("个工作日", "承诺在5个工作日内办结。", "工作日", spoken=True),
    Unit("工作日", "承诺在5工作日内办结。", spoken=True),
    Unit("个自然日", "公示期为30个自然日。", "自然日", spoken=True),
    Unit("个小时", "培训时长为6个小时。", "小时", spoken=True),
    Unit("小时", "培训时长为6小时。", spoken=True),
    Unit("学时", "完成培训12学时。", spoken=True),
    Unit("课时", "完成授课12课时。", spoken=True),
    Unit("分钟", "平均等候15分钟。", spoken=True),
    Unit("秒", "首页打开只需3秒。", guard="批办懂拍杀级报"),
    Unit("个月", "试运行3个月。", "月", spoken=True),
    Unit("个季度", "已连续公开4个季度。", "季度", spoken=True),
    Unit("个星期", "培训历时2个星期。", "星期", spoken=True),
    Unit("周", "活动历时2周。", guard="年末边岁一五六密期报日知"),
    Unit("天", "公示期为7天。", guard="河津马然网猫眼气府", spoken=True),
    Unit("人民币元", "收取费用200人民币元。", "元"),
    Unit("美元", "引进外资300万美元。"),
    Unit("港元", "引进外资300万港元。"),
    Unit("欧元", "引进外资300万欧元。"),
    Unit("元", "收取费用35.5元。", guard="旦素月", spoken=True),
    Unit("人次", "接待来访120人次。", spoken=True),
    Unit("人天", "派出驻点120人天。"),
    Unit("件次", "受理咨询45件次。", spoken=True),
    Unit("户次", "走访企业45户次。", spoken=True),
    Unit("家次", "检查企业45家次。", spoken=True),
    Unit("场次", "举办宣讲45场次。", spoken=True),
    Unit("条次", "更新信息45条次。", spoken=True),
    Unit("批次", "抽检样品45批次。", spoken=True),
    Unit("车次", "出动执法车辆45车次。", spoken=True),
    Unit("班次", "安排值守45班次。", spoken=True),
    Unit("期次", "播出专栏45期次。"),
    Unit("例次", "发布案例45例次。"),
    Unit("辆次", "检查车辆45辆次。"),
    Unit("册次", "借阅书刊45册次。"),
    Unit("宗次", "公示出让45宗次。"),
    Unit("项次", "核查数据45项次。", spoken=True),
    Unit("台次", "出动设备45台次。", spoken=True),
    Unit("篇次", "媒体转载45篇次。", spoken=True),
    Unit("份次", "查阅档案45份次。"),
    Unit("大类", "梳理事项8大类。", spoken=True),
    Unit("小类", "梳理事项8小类。", spoken=True),
    Unit("大项", "取消审批22大项。", spoken=True),
    Unit("小项", "取消审批22小项。", spoken=True),
    Unit("子项", "取消审批22子项。", spoken=True),
    Unit("件套", "配备办公设备4件套。"),
    Unit("件", "收到申请12件。", spoken=True),
    Unit("条", "公开信息34条。", guard="例约幅款", spoken=True),
    Unit("份", "印发手册56份。", guard="额", spoken=True),
    Unit("篇", "发布稿件7篇。", guard="幅", spoken=True),
    Unit("个", "设立查阅点8个。", guard="人性别体税案", spoken=True),
    Unit("项", "公布清单9项。", guard="目", spoken=True),
    Unit("次", "召开例会10次。", guard="日要序级元数月", spoken=True),
    Unit("期", "编印简报11期。", guard="间限末初货刊", spoken=True),
    Unit("场", "举行发布会12场。", guard="所地景馆", spoken=True),
    Unit("名", "配备人员13名。", guard="称单录义字城校师", spoken=True),
    Unit("位", "聘请专家14位。", guard="置于居列数次", spoken=True),
    Unit("人", "配备专职人员15人。", guard="民大事社才均工员口力物性", spoken=True),
    Unit("家", "检查企业16家。", guard="庭长属园具电", spoken=True),
    Unit("户", "惠及住户17户。", guard="籍外型口", spoken=True),
    Unit("起", "查处案件18起。", guard="草诉始步到点源降", spoken=True),
    Unit("宗", "出让土地19宗。", guard="旨教地", spoken=True),
    Unit("类", "涉及事项20类。", guard="似别型", spoken=True),
    Unit("种", "提供渠道21种。", guard="植子粮", spoken=True),
    Unit("批", "下放事项2批。", guard="准复评示发办改量", spoken=True),
    Unit("张", "制发证照23张。", guard="贴", spoken=True),
    Unit("封", "收到来信13封。", guard="条面存", spoken=True),
    Unit("本", "发放手册24本。", guard="级市区县年局镇乡着文月次省机部单条办报质", spoken=True),
    Unit("册", "编印汇编25册。", spoken=True),
    Unit("套", "采购设备26套。", guard="餐路取", spoken=True),
    Unit("台", "安装终端27台。", guard="账湾风胞商", spoken=True),
    Unit("辆", "调度车辆28辆。", spoken=True),
    Unit("部", "制定规章29部。", guard="门分委署级队长属落位省件", spoken=True),
    Unit("处", "设置公示栏30处。", guard="理置罚室分长于级", spoken=True),
    Unit("所", "覆盖学校31所。", guard="有需在属以长得谓", spoken=True),
    Unit("间", "开放阅览室3间。", guard="接隔", spoken=True),
    Unit("座", "建成书屋33座。", guard="谈席位", spoken=True),
    Unit("栋", "改造住宅34栋。", spoken=True),
    Unit("幅", "张挂横幅35幅。", guard="度员", spoken=True),
    Unit("块", "更新展板36块。", guard="状", spoken=True),
    Unit("段", "制作视频37段。", guard="落时", spoken=True),
    Unit("组", "公布数据38组。", guard="织长成建团", spoken=True),
    Unit("支", "组建队伍39支。", guard="持出付部撑配", spoken=True),
    Unit("款", "上线应用4款。", guard="项式物", spoken=True),
    Unit("则", "发布动态41则。", spoken=True),
    Unit("例", "公布案例42例。", guard="会行外如", spoken=True),
    Unit("笔", "办理退费43笔。", guard="试录记", spoken=True),
    Unit("集", "播出专题片44集。", guard="中约成体合", spoken=True),
    Unit("档", "开办节目3档。", guard="案", spoken=True),
    Unit("轮", "开展自查4轮。", guard="换流值", spoken=True),
    Unit("遍", "全面核对2遍。", spoken=True),
    Unit("趟", "减少群众跑动3趟。", spoken=True),
    Unit("道", "精简审批环节4道。", guard="路德", spoken=True),
    Unit("卷", "整理档案47卷。", spoken=True),
    Unit("盒", "整理档案48盒。"),
    Unit("副", "更换展架5副。", guard="主市局县区省处科镇乡书总"),
    Unit("面", "收到锦旗6面。", guard="向积对临试", spoken=True),
    Unit("枚", "封存公章7枚。", spoken=True),
    Unit("班", "举办研讨3班。", guard="子"),
    Unit("门", "开设课程4门。", guard="户类", spoken=True),
    Unit("节", "播出公开课9节。", guard="约点省日能水假", spoken=True),
    Unit("页", "扫描材料50页。", guard="面"),
    Unit("字", "编写材料3万字。", guard="化段节母"),
    Unit("版", "更新指南5版。", guard="本块面权"),
    Unit("通", "接听电话11通。", guard="过知报告道用常畅办", spoken=True),
    Unit("单", "完成跑腿代办26单。", guard="位独项一个元"),
    Unit("倍", "访问量增长3倍。", spoken=True),
    Unit("分", "测评得分95.5分。", guard="之别类管局级批布辨享配层割为成析公工支数解"),
    Unit("步", "申报流程压减到3步。", guard="骤行伐调"),
    Unit("级", "公开栏延伸到4级。", guard="别以政市"),
    Unit("岁", "服务对象最大87岁。", guard="月末"),
    Unit("公里", "改造管网12公里。"),
    Unit("千米", "改造管网12千米。"),
    Unit("平方米", "专区面积60平方米。"),
    Unit("平方公里", "规划面积60平方公里。"),
    Unit("㎡", "专区面积60㎡。"),
    Unit("立方米", "日供水60立方米。"),
    Unit("米", "公示栏全长12米。", guard="粉面"),
    Unit("亩", "征收土地320亩。", guard="均"),
    Unit("公顷", "出让土地32公顷。"),
    Unit("吨", "处置垃圾50吨。"),
    Unit("千克", "销毁资料80千克。"),
    Unit("公斤", "销毁资料80公斤。"),
    Unit("千瓦时", "全年用电900千瓦时。"),
    Unit("度", "全年用电900度。", guard="假量过上"),
    Unit("只", "添置话筒9只。", guard="需要有能跑为占是在对限"),
    Unit("把", "配备座椅9把。", guard="手控握关"),
    Unit("箱", "移交档案9箱。", guard="子"),
    Unit("袋", "移交档案9袋。"),
    Unit("架", "摆放书报9架。", guard="构设空"),
    Unit("株", "栽种树苗90株。"),
    Unit("棵", "栽种树苗90棵。"),
    Unit("头", "检疫生猪90头。", guard="部条版等号衔疼"),
    Unit("艘", "登记船舶9艘。"),
    Unit("桌", "举办座谈9桌。", guard="面"),
    Unit("讲", "开设公开课9讲。", guard="座话解述堂"),
    Unit("票", "网上投票900票。", guard="据务价"),
    Unit("席", "设置旁听席位9席。", guard="位"),
    Unit("床", "新增养老床位90床。", guard="位"),
    Unit("环节", "精简流程9环节。"),
    Unit("维度", "围绕评价9维度。"),
    Unit("要素", "公开清单9要素。"),
    Unit("镇街", "覆盖9镇街。"),
    Unit("镇", "覆盖9镇。", guard="政街区级"),
    Unit("县", "覆盖9县。", guard="级区市委直政"),
    Unit("区", "覆盖9区。", guard="级域划间县市直政块"),
    Unit("校", "覆盖9校。", guard="园长对验"),
    Unit("馆", "覆盖9馆。", guard="藏长"),
    Unit("园", "覆盖9园。", guard="区长林"),
    Unit("方面", "公开17方面信息。"),
    Unit("部门", "涉及12部门。"),
    Unit("单位", "涉及12单位。"),
    Unit("领域", "覆盖26领域。"),
    Unit("乡镇", "覆盖9乡镇。"),
    Unit("街道", "覆盖9街道。"),
    Unit("社区", "覆盖30社区。"),
    Unit("村", "覆盖115村。", guard="民务级"),
    Unit("站", "建成便民服务26站。", guard="点长"),
)
"""Deadlines in 日 and 年 are read with DEADLINE_UNITS: a bare 5日 is a date, a bare 3年 a plan."""

DEADLINE_UNITS: tuple[Unit, ...] = (
    Unit("日", "应在15日内答复。", spoken=True),
    Unit("年", "档案保存10年以上。", spoken=True),
)

LONG_SPANS = {"个多月": "月", "个多小时": "小时", "个多星期": "星期"}
"""2个多月: the vague word stands inside the unit."""

HALF_MORE = {"个半月": "月", "个半小时": "小时"}
"""两个半月 are two and a half."""

QUALIFIERS_BEFORE: tuple[QualifierWord, ...] = (
    QualifierWord("超过", Qualifier.MORE_THAN, "访问量超过300次。"),
    QualifierWord("超", Qualifier.MORE_THAN, "访问量超300次。"),
    QualifierWord("突破", Qualifier.MORE_THAN, "访问量突破300次。"),
    QualifierWord("逾", Qualifier.MORE_THAN, "访问量逾300次。"),
    QualifierWord("多于", Qualifier.MORE_THAN, "访问量多于300次。"),
    QualifierWord("高于", Qualifier.MORE_THAN, "满意率高于90%。"),
    QualifierWord("大于", Qualifier.MORE_THAN, "覆盖率大于90%。"),
    QualifierWord("不低于", Qualifier.AT_LEAST, "办结率不低于90%。"),
    QualifierWord("不少于", Qualifier.AT_LEAST, "每季度更新不少于6条。"),
    QualifierWord("不小于", Qualifier.AT_LEAST, "覆盖率不小于90%。"),
    QualifierWord("不下", Qualifier.AT_LEAST, "转发不下300次。"),
    QualifierWord("至少", Qualifier.AT_LEAST, "每季度更新至少6条。"),
    QualifierWord("最少", Qualifier.AT_LEAST, "每季度更新最少6条。"),
    QualifierWord("上", Qualifier.AT_LEAST, "收到留言上千条。", not_after="以网线之加而街桌向"),
    QualifierWord("近", Qualifier.ABOUT, "制作视频近300个。", not_after="最附临靠邻新就亲接将"),
    QualifierWord("将近", Qualifier.ABOUT, "制作视频将近300个。"),
    QualifierWord("接近", Qualifier.ABOUT, "满意率接近90%。"),
    QualifierWord("约", Qualifier.ABOUT, "制作视频约300个。", not_after="节预签契制公条合履邀集违大简"),
    QualifierWord("约为", Qualifier.ABOUT, "平均用时约为30分钟。"),
    QualifierWord("大约", Qualifier.ABOUT, "平均用时大约30分钟。"),
    QualifierWord("大概", Qualifier.ABOUT, "平均用时大概30分钟。"),
    QualifierWord("不足", Qualifier.LESS_THAN, "差评不足5件。"),
    QualifierWord("不到", Qualifier.LESS_THAN, "差评不到5件。"),
    QualifierWord("低于", Qualifier.LESS_THAN, "差评率低于5%。", not_after="不"),
    QualifierWord("少于", Qualifier.LESS_THAN, "差评少于5件。", not_after="不"),
    QualifierWord("小于", Qualifier.LESS_THAN, "差评率小于5%。", not_after="不"),
    QualifierWord("不超过", Qualifier.AT_MOST, "答复时限不超过15个工作日。"),
    QualifierWord("不高于", Qualifier.AT_MOST, "差评率不高于5%。"),
    QualifierWord("不多于", Qualifier.AT_MOST, "材料不多于3份。"),
    QualifierWord("不大于", Qualifier.AT_MOST, "差评率不大于5%。"),
    QualifierWord("至多", Qualifier.AT_MOST, "材料至多3份。"),
    QualifierWord("最多", Qualifier.AT_MOST, "材料最多3份。"),
)

VAGUE_MORE = "余多+"
"""二十余件, 1700多个, 10万+人次: printed between number and unit."""

QUALIFIERS_BEHIND: tuple[QualifierWord, ...] = (
    QualifierWord("及以上", Qualifier.AT_LEAST, "按时办结率90%及以上。"),
    QualifierWord("以上", Qualifier.AT_LEAST, "按时办结率90%以上。"),
    QualifierWord("之上", Qualifier.AT_LEAST, "按时办结率90%之上。"),
    QualifierWord("及以内", Qualifier.AT_MOST, "压缩到5个工作日及以内。"),
    QualifierWord("以内", Qualifier.AT_MOST, "压缩到5个工作日以内。"),
    QualifierWord("之内", Qualifier.AT_MOST, "压缩到5个工作日之内。"),
    QualifierWord("内", Qualifier.AT_MOST, "压缩到5个工作日内。", not_before="设部容网外陆资控科涵蒙场镜刊参"),
    QualifierWord("及以下", Qualifier.AT_MOST, "差评率控制在5%及以下。"),
    QualifierWord("以下", Qualifier.AT_MOST, "差评率控制在5%以下。", not_before="几简方问内措工三四五六列"),
    QualifierWord("之下", Qualifier.AT_MOST, "差评率控制在5%之下。"),
    QualifierWord("左右", Qualifier.ABOUT, "平均用时30分钟左右。"),
    QualifierWord("上下", Qualifier.ABOUT, "平均用时30分钟上下。", not_before="联级游"),
)
