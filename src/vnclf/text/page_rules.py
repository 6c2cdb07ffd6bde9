"""The line rules: what a single line of a Vietnamese web page is, by its words and its form.

Every line gets one letter, so that a page has a shape: a string over which patterns can run.
"""

import re

# Text: P paragraph, p short paragraph, v part of a sentence broken over lines, s short sentence,
# T headline, t heading, n name, k labelled item, y address or telephone number, z number.
TEXT = "PpvsTtnkyz"

# Everything else, by its letter. Capital letters end an article, or interrupt it.
WHY = {
    "R": "related articles",
    "E": "comments",
    "F": "footer",
    "a": "picture credit",
    "b": "table or bar",
    "c": "caption",
    "d": "date",
    "g": "tags",
    "h": "share bar",
    "i": "picture",
    "j": "menu",  # in one line
    "l": "link",
    "m": "menu",
    "o": "source",
    "q": "advertisement",
    "u": "other headline",
    "w": "byline",
    "x": "form or counter",
}

# Whole lines, without bullets, numbers and punctuation at either end.
_LINES = {
    "m": """trang chủ|trang chính|trang nhất|home|giới thiệu|liên hệ|liên hệ quảng cáo|liên hệ tòa soạn|tin tức
        sự kiện|tin hoạt động|hoạt động|thời sự|chính trị|xã hội|kinh tế|thế giới|quốc tế|trong nước|pháp luật
        thể thao|giải trí|văn hóa|văn hoá|văn nghệ|giáo dục|sức khỏe|sức khoẻ|y tế|đời sống|du lịch|du học|khoa học
        công nghệ|số hóa|xe|nhà đất|bất động sản|bạn đọc|góc nhìn|tâm sự|thư giãn|video|videos|ảnh|hình ảnh|podcast
        podcasts|infographic|infographics|e-magazine|emagazine|longform|megastory|đa phương tiện|multimedia|media
        audio|báo nói|truyền hình|phát thanh|báo in|báo giấy|tạp chí|tiếng việt|english|kinh doanh|chứng khoán
        tài chính|ngân hàng|doanh nghiệp|doanh nhân|thị trường|mua sắm|lao động|việc làm|công đoàn|an sinh|tuyển sinh
        đối ngoại|ngoại giao|kiều bào|cộng đồng|biển đảo|quân sự|quốc phòng|an ninh|hồ sơ|phân tích|nhịp sống|giới trẻ
        làm đẹp|thời trang|ẩm thực|gia đình|phim|điện ảnh|âm nhạc|showbiz|hậu trường|bóng đá|tennis|lịch thi đấu
        bảng xếp hạng|tin nhanh|tin 24h|nóng|chuyên mục|danh mục|menu|tất cả|xem tất cả|tất cả chuyên mục
        xem tất cả chuyên mục|văn bản|văn bản pháp luật|thủ tục hành chính|dịch vụ|dịch vụ công
        dịch vụ công trực tuyến|công báo|sơ đồ trang|sơ đồ website|sơ đồ cổng|site map|sitemap|rss|webmail|hỏi đáp
        hỏi - đáp|góp ý|lịch công tác|thông báo|chỉ đạo điều hành|thống kê|lãnh sự|cơ cấu tổ chức|liên kết
        liên kết website|liên kết web|diễn đàn|thành viên|chuyên đề|địa phương|toàn cảnh|theo dõi|đang theo dõi
        skip to content|chuyển đến nội dung|chuyển đến nội dung chính|bỏ qua để đến nội dung|tiện ích|đóng|mở menu
        đóng menu|thời tiết|giá vàng|tỷ giá|xổ số|về chúng tôi|về tôi|điều khoản|điều khoản sử dụng|trợ giúp
        chính sách bảo mật|tuyển dụng|đặt báo|đường dây nóng|trang đầu|trang cuối|trang sau|trang trước|mục lục
        tản văn|phóng sự|bút ký|truyện ngắn|thơ|phê bình|số mới nhất""",
    "h": """chia sẻ cái này|thích bài này
        chia sẻ|chia sẻ bài viết|chia sẻ bài viết này|chia sẻ trang này|chia sẻ tin này|chia sẻ lên facebook|share
        share this|tweet|email this|gửi email|gửi mail|gửi bài|gửi bài viết|gửi cho bạn bè|gửi cho bạn|gửi tin
        google news|copy link|sao chép liên kết|sao chép link|sao chép|đã sao chép|lấy link|link bài gốc|print|in
        in bài|in bài viết|in bài này|in trang|in trang này|bản in|lưu|lưu bài|lưu bài viết|lưu tin|nghe|nghe bài viết
        nghe đọc bài|đọc bài viết|quay lại|trở lại|trở về|về trang chủ|về đầu trang|lên đầu trang|trở về đầu trang
        đầu trang|back to top|thích|like|cỡ chữ|a|aa|x|a- a a|a a|cỡ chữ: a a|tặng sao|bookmark|ghim|đánh dấu|giọng nữ
        giọng nam|giọng nữ giọng nam|nữ miền bắc|nam miền bắc|nữ miền nam|nam miền nam|tốc độ đọc
        nữ miền bắc nam miền bắc nữ miền nam|nữ miền bắc nam miền bắc nữ miền nam nam miền nam""",
    "q": """quảng cáo|advertisement|advertisements|ad|ads|ads by|sponsored|tài trợ|được tài trợ|tin tài trợ
        nhà tài trợ|nội dung được tài trợ|qc""",
    "x": """đăng nhập|đăng ký|đăng kí|đăng xuất|login|log in|sign in|sign up|register|subscribe|tài khoản|mật khẩu|tìm
        tài khoản của tôi|quên mật khẩu|tìm kiếm|search|gửi|gửi đi|hủy|hủy bỏ|ok|đồng ý|tôi đồng ý|chấp nhận|từ chối
        chấp nhận tất cả|tùy chọn|email của bạn|nhập email của bạn|email|họ và tên|họ tên|tên của bạn|số điện thoại
        mã xác nhận|mã bảo mật|đăng ký nhận tin|đăng ký nhận bản tin|đăng ký ngay|nhận tin|xem kết quả|biểu quyết
        thăm dò ý kiến|bình chọn|đọc tiếp|xem tiếp|xem chi tiết|chi tiết|read more|continue reading|xem toàn bộ
        xem đầy đủ|hiển thị thêm|thu gọn|mở rộng|tải thêm|load more|show more|play|pause|mute|unmute|fullscreen
        play video|live|trực tiếp|chapters|captions|subtitles|tự động phát|reply|trả lời|trích dẫn|báo cáo
        báo cáo vi phạm|quote|edit|tải về|tải xuống|download|tệp đính kèm|file đính kèm|tài liệu đính kèm|tải ứng dụng
        app store|google play|google play app store|xem theo ngày|xem theo ngày tháng|hài lòng|không hài lòng|đánh giá
        đánh giá bài viết|ẩn|viết đánh giá|lượt đánh giá|loading|đang tải|guest|ẩn danh|bạn nghĩ sao|mới nhất cũ nhất
        cũ nhất|gửi yêu cầu|thống kê truy cập|đánh giá của du khách|nội dung|khách|online|offline|toc|xem nhanh
        nội dung chính|nội dung bài viết|mục lục bài viết|table of contents""",
    "w": """pv|p.v|ctv|btv|bbt|nhóm pv|nhóm phóng viên|phóng viên|ban biên tập|ban truyền thông|tổng hợp|pv tổng hợp
        theo tổng hợp""",
    "g": "tag|tags|từ khóa|từ khoá|chủ đề",
    "R": """có liên quan
        xem thêm|đọc thêm|tìm hiểu thêm|mời xem thêm|mời đọc thêm|mời bạn xem thêm|mời bạn đọc thêm|liên quan
        gần đây|cùng chuyên mục|cùng chủ đề|cùng tác giả|đọc nhiều|đọc nhiều nhất|xem nhiều|xem nhiều nhất
        quan tâm nhất|mới nhất|nổi bật|tiêu điểm|mới cập nhật|mới đăng|đọc nhiều mới nhất|mới nhất đọc nhiều
        xem nhiều mới nhất|nên đọc|nên xem|đáng đọc|đề xuất cho bạn|gợi ý cho bạn|dành cho bạn|dành cho bạn đọc
        đừng bỏ lỡ|đừng bỏ qua|không nên bỏ lỡ|mọi người cũng đọc|mọi người cũng tìm kiếm|dòng sự kiện|kết quả khác
        văn bản mới|văn bản liên quan|chi tiết tin|nội dung chi tiết|chi tiết bài viết|bài trước|bài sau|bài tiếp theo
        mức độ đưa tin đầy đủ|thông tin doanh nghiệp
        bài kế tiếp|bài cũ hơn|bài mới hơn|related|related articles|related posts|relatedposts|related news
        related articles more from author|see also|you may also like|you might also like|most read|most viewed
        recommended|more from author|read also|read next|latest news|recent posts|popular posts|tìm kiếm nhiều
        tin đọc nhiều""",
    "E": """bình luận|ý kiến|thảo luận|phản hồi|nhận xét|comment|comments|replies|leave a reply
        leave a reply cancel reply|leave a comment|post a comment|facebook comments|thích trả lời|trả lời thích
        like reply|like · reply|thích · trả lời|chủ đề tương tự""",
}

# "Các tin bài khác" and the other ways to say it.
OTHERS = re.compile(
    r"(?:(?:các|những|mời|xem|đọc|thêm) ){0,3}(?:tin|bài|tin,? bài|tin tức|bài viết|bài báo|bài đọc|nội dung|chủ đề"
    r"|video|clip|sự kiện|thông tin|chuyên đề|tác phẩm|e-magazine|câu chuyện|thông báo|(?:được )?(?:đọc|xem|quan tâm))"
    r"(?: (?:đáng|được|cần|nên|trong|đã))? (?:liên quan|khác|cùng|cũ|mới|đưa|đăng|nổi bật|tiêu điểm|đọc|xem|quan tâm"
    r"|nóng|hot|hay|tiếp theo|trước|kế tiếp|chú ý|biết|nhiều|bình luận nhiều)"
    r"(?: (?:nhất|nhiều|trong|ngày|tuần|tháng|giờ|qua|hôm|nay|chuyên|mục|chủ đề|tác giả|loại|sự kiện|khác|đọc|xem"
    r"|quan tâm|hơn|cập nhật|đăng|mới)){0,4}"
)
REPLIES = re.compile(
    r"(?:(?:hãy|gửi|viết|đăng|thêm|để lại|xem|nhập|chia sẻ|là người|đầu tiên|tất cả|một|các|\d+) ){0,5}"
    r"(?:bình luận|ý kiến|phản hồi)(?: (?:của|về|cho|bạn|bạn đọc|độc giả|người đọc|tôi|mình|bài viết|mới nhất|khác"
    r"|facebook|tại đây|đầu tiên)){0,3}"
)
REPLIES_BEGIN = frozenset("hãy gửi viết đăng thêm để xem nhập chia tất bình ý phản".split())
OTHERS_BEGIN = frozenset(
    "các những mời xem đọc tin bài nội chủ video clip sự thông chuyên tác e-magazine câu quan được".split()
)

# How lines begin; what ends with a colon is a label.
_OPENINGS = {
    "F": """copyright|giấy phép:|gp số|số giấy phép:|tổng biên tập:|phó tổng biên tập:|phó tổng biên tập phụ trách:
        tòa soạn:|chịu trách nhiệm nội dung|chịu trách nhiệm chính|chịu trách nhiệm quản lý|cơ quan chủ quản:|trụ sở:
        trụ sở chính:|toà soạn:|trưởng ban biên tập:|mọi sao chép|cấm sao chép|không sao chép|powered by|thiết kế web:
        thiết kế bởi|phát triển bởi|forum software|ban biên tập:|hội đồng biên tập:""",
    "E": "đăng nhập để bình luận|đăng nhập để gửi|đăng nhập để viết|leave a reply|leave a comment|bình luận phải",
    "R": """có thể bạn quan tâm|có thể bạn thích|có thể bạn muốn|có thể bạn chưa|có thể bạn cũng|bạn có thể quan tâm
        bạn có thể thích|bạn cũng có thể|quý độc giả có thể|bạn đọc quan tâm|độc giả quan tâm""",
    "u": """xem thêm:|đọc thêm:|xem ngay:|đọc tiếp:|xem tiếp:|mời xem:|tin liên quan:|bài liên quan:|kỳ trước:
        bài viết liên quan:|tìm hiểu thêm:|mời xem thêm:|mời đọc thêm:|bài cũ hơn:|bài mới hơn:|bài trước:|bài sau:
        bài tiếp theo:|kỳ sau:|kỳ tới:|kỳ tiếp theo:|[photo]|[video]|[ảnh]|[infographic]|[podcast]|[e-magazine]
        xem video:|có thể bạn quan tâm:""",
    "g": "từ khóa:|từ khoá:|tag:|tags:|chủ đề:|thẻ:|nhãn:|hashtag:|filed under:|keywords:",
    "o": "nguồn:|nguồn tin:|nguồn bài viết:|dẫn nguồn:|theo:|source:|nguồn internet|nguồn tham khảo:|(nguồn|(theo"
    "|bài viết được tổng hợp từ|tổng hợp từ nhiều nguồn|tổng hợp từ internet|sưu tầm từ",
    "a": """ảnh:|clip:|video:|hình:|hình ảnh:|photo:|photos:|đồ họa:|đồ hoạ:|minh họa:|minh hoạ:|infographic:|(ảnh:
        (ảnh|ảnh và clip:|ảnh, video:|video, ảnh:|ảnh, clip:|ảnh minh họa|ảnh minh họa:|ảnh tư liệu|ảnh tư liệu:
        nguồn ảnh:|ảnh chụp màn hình|nguồn video:|ảnh minh hoạ|hình minh họa|hình minh hoạ|hình ảnh minh họa
        hình ảnh minh hoạ""",
    "w": """bài:|bài viết:|bài và ảnh:|bài, ảnh:|bài - ảnh:|bài – ảnh:|bài & ảnh:|tin:|tin và ảnh:|tin, ảnh:|tin, bài:
        tin bài:|tin, bài, ảnh:|tin - ảnh:|thực hiện:|tác giả:|biên tập:|biên dịch:|người viết:|phóng viên:|nội dung:
        text:|story:|by|bởi:|đăng bởi|posted by|viết bởi|(tổng hợp|(t/h|(lược dịch|(biên dịch|chùm ảnh:|lược dịch:
        dịch:|biên soạn:|thiết kế:|trình bày:|kỹ thuật:|dựng phim:""",
    "h": "theo dõi chúng tôi|chia sẻ facebook|chia sẻ lên|chia sẻ qua|chia sẻ:|ghim lên|in bài viết",
    "j": "trang chủ",
    "x": """đăng ký nhận|đăng ký kênh|đăng ký thành viên|đăng ký theo dõi|đăng nhập bằng|đăng nhập với|nhập email
        nhập mã|nhập số điện thoại|nhập từ khóa|tải ứng dụng|tải app|nhấn vào đây|bấm vào đây|bấm theo dõi
        nhấn theo dõi|xem toàn bộ album|bạn đang xem|bạn đang ở|bạn đang đọc|chào mừng bạn|hủy đăng ký
        cập nhật thông tin nhận|video player|hãy like|hãy nhấn|hãy đăng ký|hãy theo dõi|like fanpage|subscribe|follow
        chọn liên kết|xếp theo|chọn chuyên khoa|đặt lịch khám ngay|mua vé ngay|sắp xếp theo|lượt xem:|lượt đọc:
        số lượt xem|số lượt truy cập|tổng lượt truy cập|tổng truy cập|đang truy cập|đang online|đang xem:|hôm nay:
        hôm qua:|trong tuần:|trong tháng:|tham gia:|được thích:|bài viết:|đánh giá:|issn|skip to|nhảy tới|múi giờ
        cảm xúc bài viết:
        views:|đã xem:|tải về:|phát hành:|current time|duration|remaining time|loaded:|stream type|đang xem chủ đề
        mời quý""",
    "y": """địa chỉ:|điện thoại:|đt:|tel:|fax:|hotline:|phone:|email:|e-mail:|website:|đường dây nóng:|số điện thoại:
        web:|hotline|liên hệ:|cấp cứu:|tổng đài:|fanpage:|văn phòng:|giờ làm việc:|giờ tiếp khách:""",
}

# How whole sentences begin that no article has.
_SENTENCES = {
    "F": """©|copyright|bản quyền thuộc|bản quyền ©|bản quyền của báo|toàn bộ bản quyền|giữ bản quyền|giấy phép số
        giấy phép xuất bản|giấy phép hoạt động|giấy phép thiết lập|all rights reserved|ghi rõ nguồn
        vui lòng ghi rõ nguồn|mọi hành vi sao chép|không được sao chép""",
    "E": """bạn phải đăng nhập|bạn cần đăng nhập|vui lòng nhập bình luận|vui lòng đăng nhập|please enter your comment
        nhập nội dung bình luận|hãy là người đầu tiên|your email address""",
    "x": """website này sử dụng|trang web này sử dụng|chúng tôi sử dụng cookie|website sử dụng cookie
        bằng việc tiếp tục|bạn nhận được email|bạn có hài lòng|bạn đánh giá bài viết|bạn thích bản tin
        bạn thích bài viết|bạn chưa đăng nhập|cảm ơn bạn đã đồng hành|cảm ơn bạn đã đăng ký|cảm ơn bạn đã theo dõi
        cảm ơn bạn đã gửi|cảm ơn bạn đã quan tâm|xin chào bạn đọc|nếu không xem được|để lại email|please|nhập email
        this is a modal|mọi góp ý|mọi ý kiến đóng góp|mọi chi tiết xin|mọi thông tin xin|thông tin trên website
        bài vở xin gửi|bài viết có chứa liên kết|bài dự thi xin|thư từ, bài vở|tin bài cộng tác|mời bạn đọc
        mời quý độc giả|mời quý vị|mời các bạn theo dõi|mời các bạn đón xem|mời độc giả|mời bạn theo dõi|mời bạn đón
        bài viết này được đăng trong|this entry was posted|bài viết này có hữu ích|bài viết có hữu ích
        thông tin trong bài viết chỉ mang tính|bài viết chỉ mang tính|bài viết mang tính chất tham khảo
        quý độc giả có thể gửi|bạn đọc có thể gửi|độc giả có thể gửi|dữ liệu trễ|đăng ký nhận|đừng quên nhấn""",
}

# What Markdown has before words in bold type, list items and headings.
EMPHASIS = "*_#> "
EDGE = " \t%*+-•»>«<‹›\\#|·—–_=~►▶→←↑↓▪■●○◦✓♥★☆°^0123456789()[] .,:;/…?!\"'“”"


def _phrases(block: str) -> list[str]:
    return [phrase for line in block.split("\n") for phrase in line.lstrip().split("|")]


def _look_up_openings() -> dict[str, list[tuple[str, str, bool]]]:
    """Return, by their first word, how lines begin; with each the line's letter and whether any length will do."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for source in (_SENTENCES, _OPENINGS):
        for code, block in source.items():
            for phrase in _phrases(block):
                first = phrase.partition(" ")[0]
                for word in {first, first + ":", first + ","}:
                    found.setdefault(word, []).append((phrase, code, source is _SENTENCES))
    return found


LINES = {phrase.strip(EDGE): code for code, block in _LINES.items() for phrase in _phrases(block)}
OPENINGS = _look_up_openings()
SHARE = frozenset(
    "facebook twitter zalo messenger telegram pinterest whatsapp linkedin email instagram tiktok viber youtube skype "
    "google+ x chia sẻ share shares tweet pin print in link copy lưu thích like trở lại quay và | - ·".split()
)
# Whichever of them a line may begin with, most lines begin with none.
BEGINNINGS = OTHERS_BEGIN | REPLIES_BEGIN | SHARE | {"theo"}

COUNT = re.compile(
    r"[\d.,]+ ?(?:k|tr)? ?(?:lượt|views?|người (?:xem|thích|theo dõi)|bình chọn|thích|likes?|shares?|votes?"
    r"|comments?)\b(?: .{1,25})?|\d+ phút (?:đọc|nghe)|trang \d+/\d+.*|1 2 3.*|tập \d+, số \d+.*"
)
ANSWER = re.compile(
    r".{0,30}\b(?:thích|like)\b.{0,8}\b(?:trả lời|reply)\b.{0,20}|\W*(?:trả lời|reply) #\d+\b.*"
    r"|\d+ (?:thoughts? on|responses? to|(?:bình luận|phản hồi) (?:trên|cho)) .*"
)
SCRIPT = re.compile(r"adsbygoogle|\bfunction ?\(|\bwindow\.|\bdocument\.|\}\);?$|^(?:var|let|const) \w+ ?=")
# The heading of a list of an article's own headings, and what stands in it.
CONTENTS = frozenset(
    ("xem nhanh", "nội dung chính", "nội dung bài viết", "mục lục bài viết", "mục lục", "table of contents")
)
CONTENT = re.compile(r"\d+(?:\.\d+)*[.)] ")
BY = re.compile(
    r".{2,40} (?:thực hiện|\((?:(?:tổng hợp|t/h|lược dịch|biên dịch|dịch|ghi|lược ghi|thực hiện)[^()]{0,25}"
    r"|(?:theo|chọn|từ) [^()]{2,30})\))"
)
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+\.(?:com|vn|net|org|info)(?:\.vn)?(?:/\S*)?|\S+@\S+\.\S+|(?:image|video|audio)/\w+"
    r"|\S+\.(?:jpe?g|png|gif|webp|mp[34]|pdf|docx?|xlsx?|zip|rar)"
)
PICTURE = re.compile(r"(?:img|dsc[nf]?|image|photo|pic|hinh|anh)[_ -]?\d{1,8}(?:[_ -]\d{1,4})?")
DIGIT = re.compile("[0-9]")
BAR = re.compile(r" ?[|>»›→•·] ?| / ")
BARS = re.compile("[|>»›→•·/]")
MARKED = re.compile("[0-9|>»›→•·/]")
BRACKETS = frozenset("|![(#<")
STOPS = frozenset(".!?…\"”'’:;,")
