<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="vi_VN">
<context>
    <name>Acts</name>
    <message>
        <source>Bị trả lại</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>Chưa ký giấy hẹn</source>
        <translation>Slip not signed</translation>
    </message>
    <message>
        <source>Chưa rõ đã in</source>
        <translation>Print not known</translation>
    </message>
    <message>
        <source>Chờ bổ sung</source>
        <translation>More asked for</translation>
    </message>
    <message>
        <source>Chờ gửi</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Chờ thành phố</source>
        <translation>At the hub</translation>
    </message>
    <message>
        <source>Giấy hẹn</source>
        <translation>Slip</translation>
    </message>
    <message>
        <source>Giấy hẹn ký tay</source>
        <translation>Slip for the pen</translation>
    </message>
    <message>
        <source>Gửi lỗi</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Hồ sơ đã chuyển lưu trữ</source>
        <translation>Dossier moved to the archive</translation>
    </message>
    <message>
        <source>Phiếu từ chối</source>
        <translation>Refusal form</translation>
    </message>
    <message>
        <source>Phiếu yêu cầu bổ sung</source>
        <translation>Request for more</translation>
    </message>
    <message>
        <source>Thông báo mã hồ sơ</source>
        <translation>Notice of a code</translation>
    </message>
    <message>
        <source>Từ chối tiếp nhận</source>
        <translation>Turned down</translation>
    </message>
    <message>
        <source>Đã cấp giấy hẹn</source>
        <translation>Slip issued</translation>
    </message>
    <message>
        <source>Đã gửi</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Đã trả kết quả</source>
        <translation>Result handed over</translation>
    </message>
    <message>
        <source>Đã xóa theo {ground}</source>
        <translation>Deleted by {ground}</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>Bấm F9 để ký tiếp những văn bản còn lại.</source>
        <translation>Press F9 to sign the ones that are left.</translation>
    </message>
    <message>
        <source>Chưa ký được</source>
        <translation>Not here yet</translation>
    </message>
    <message>
        <source>Có cảnh báo</source>
        <translation>Flagged</translation>
    </message>
    <message>
        <source>Cấp lại</source>
        <translation>Issued anew</translation>
    </message>
    <message>
        <source>Do mình nhận: chờ người khác ký</source>
        <translation>Own work: another signs</translation>
    </message>
    <message>
        <source>Hồ sơ của mình: chờ người khác ký</source>
        <translation>Own dossier: another signs</translation>
    </message>
    <message>
        <source>Không ký được</source>
        <translation>Not signed</translation>
    </message>
    <message>
        <source>Không tự ký</source>
        <translation>Not by yourself</translation>
    </message>
    <message>
        <source>Lý do ghi ở từng dòng.</source>
        <translation>Each line says why.</translation>
    </message>
    <message>
        <source>Máy chủ chưa nối được. Nhờ quầy giữ văn bản xuất gói chuyển tay ra USB hoặc thư mục mạng, rồi nhận gói ở đây.</source>
        <translation>The server cannot be reached. Ask the counter that has the documents for a bundle on a USB stick or in a network folder, then take it in here.</translation>
    </message>
    <message>
        <source>Mẫu ngẫu nhiên</source>
        <translation>Random sample</translation>
    </message>
    <message>
        <source>Phải xem</source>
        <translation>To be opened</translation>
    </message>
    <message>
        <source>Quá hẹn</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>Sẽ ký</source>
        <translation>To be signed</translation>
    </message>
    <message>
        <source>chưa ai nhận lượt ký</source>
        <translation>nobody has taken the turn</translation>
    </message>
    <message>
        <source>lượt ký đang ở {machine}</source>
        <translation>the turn is at {machine}</translation>
    </message>
    <message>
        <source>{count} chưa ký.</source>
        <translation>{count} left unsigned.</translation>
    </message>
    <message>
        <source>{count} không ký được.</source>
        <translation>{count} could not be signed.</translation>
    </message>
    <message>
        <source>{count} văn bản chờ ký chưa ký được ở máy này.</source>
        <translation>{count} documents that wait cannot be signed at this computer.</translation>
    </message>
    <message>
        <source>{count} văn bản đang do máy khác giữ lượt ký ({machines}).</source>
        <translation>With another computer: {count} ({machines}).</translation>
    </message>
    <message>
        <source>{count} văn bản đã xin nhận về, chờ máy chủ trung tâm trả lời.</source>
        <translation>Asked for: {count}; central has yet to answer.</translation>
    </message>
    <message>
        <source>{count} văn bản ở quầy khác chờ ký.</source>
        <translation>Waiting at other counters: {count}.</translation>
    </message>
    <message>
        <source>Đã ký {count} văn bản.</source>
        <translation>{count} documents signed.</translation>
    </message>
    <message>
        <source>Đã xem</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>Đầu tiên của thủ tục</source>
        <translation>First of its procedure</translation>
    </message>
    <message>
        <source>Để lại</source>
        <translation>Left out</translation>
    </message>
    <message>
        <source>đã xin nhận, máy chủ chưa trả lời</source>
        <translation>asked for, the server has not answered</translation>
    </message>
</context>
<context>
    <name>ApprovalView</name>
    <message>
        <source>Chưa ký được ở máy này</source>
        <translation>Cannot be signed here</translation>
    </message>
    <message>
        <source>Còn phải xem</source>
        <translation>Still to be opened</translation>
    </message>
    <message>
        <source>Dừng ký</source>
        <translation>Stop signing</translation>
    </message>
    <message>
        <source>Gói chuyển tay…</source>
        <translation>Bundles…</translation>
    </message>
    <message>
        <source>Không có văn bản nào chờ ký ở quầy này.</source>
        <translation>No document waits to be signed at this counter.</translation>
    </message>
    <message>
        <source>Ký duyệt</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Ký duyệt {count} văn bản</source>
        <translation>Approve {count} documents</translation>
    </message>
    <message>
        <source>Ký số cơ quan</source>
        <translation>Seal digitally</translation>
    </message>
    <message>
        <source>Ký số của cơ quan lên {count} văn bản</source>
        <translation>Seal {count} documents digitally</translation>
    </message>
    <message>
        <source>Lên, xuống: xem từng văn bản. Dấu cách: để lại, không ký lần này.</source>
        <translation>Up, Down: open each document. Space: leave it out this time.</translation>
    </message>
    <message>
        <source>Nhận về ký</source>
        <translation>Take and sign</translation>
    </message>
    <message>
        <source>Sẽ ký</source>
        <translation>To be signed</translation>
    </message>
    <message>
        <source>Tiến độ ký</source>
        <translation>Progress of signing</translation>
    </message>
    <message>
        <source>Trang {number}</source>
        <translation>Page {number}</translation>
    </message>
    <message>
        <source>Trả lại</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>Văn bản chờ ký</source>
        <translation>Documents to sign</translation>
    </message>
    <message>
        <source>Văn bản phải xem kế tiếp</source>
        <translation>Next document to open</translation>
    </message>
    <message>
        <source>Văn bản đang xem</source>
        <translation>Document on view</translation>
    </message>
    <message>
        <source>{count} văn bản</source>
        <translation>{count} documents</translation>
    </message>
    <message>
        <source>{done}/{total} văn bản</source>
        <translation>{done} of {total} documents</translation>
    </message>
    <message>
        <source>Ủy quyền</source>
        <translation>Delegate</translation>
    </message>
</context>
<context>
    <name>AskBar</name>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Đồng ý</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>AuthorisationRow</name>
    <message>
        <source>Giấy giới thiệu số</source>
        <translation>Number of the letter of introduction</translation>
    </message>
    <message>
        <source>Giấy ủy quyền số</source>
        <translation>Number of the authorisation</translation>
    </message>
    <message>
        <source>Ngày</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>Ngày của giấy</source>
        <translation>Day of the paper</translation>
    </message>
    <message>
        <source>Nội dung, phạm vi</source>
        <translation>What it allows</translation>
    </message>
</context>
<context>
    <name>Books</name>
    <message>
        <source>Chưa lấy số nào.</source>
        <translation>No number was taken yet.</translation>
    </message>
    <message>
        <source>Chờ lãnh đạo nhận</source>
        <translation>For a leader to take</translation>
    </message>
    <message>
        <source>Chờ máy chủ</source>
        <translation>Waits for central</translation>
    </message>
    <message>
        <source>Có hiệu lực khi máy chủ xác nhận, ở lượt gửi, nhận kế tiếp.</source>
        <translation>It counts once central has said so, with the next exchange.</translation>
    </message>
    <message>
        <source>Không liền số</source>
        <translation>Not whole</translation>
    </message>
    <message>
        <source>Liền từ số {first} đến số {last}, trong đó bỏ {void} số.</source>
        <translation>No gap from {first} to {last}; {void} of them void.</translation>
    </message>
    <message>
        <source>Lấy trùng</source>
        <translation>Taken twice</translation>
    </message>
    <message>
        <source>Máy chủ chưa xác nhận máy này giữ sổ: chưa lấy được số. Gửi, nhận dữ liệu rồi xem lại.</source>
        <translation>Central has not said yet that this computer holds the book: it takes no number. Exchange data, then look again.</translation>
    </message>
    <message>
        <source>Máy khác giữ</source>
        <translation>Held elsewhere</translation>
    </message>
    <message>
        <source>Máy khác giữ sổ: giấy lập ở máy này để trống số. Cần số thì nhờ máy đó chuyển sổ sang.</source>
        <translation>Another computer holds the book: papers made here leave the number to the pen. To number them, ask for the book.</translation>
    </message>
    <message>
        <source>Máy này giữ</source>
        <translation>Held here</translation>
    </message>
    <message>
        <source>Máy này giữ sổ và lấy số, kể cả khi mất kết nối.</source>
        <translation>This computer holds the book and takes numbers, without a line too.</translation>
    </message>
    <message>
        <source>Máy này đã khôi phục hoặc cài lại từ khi nhận sổ: chưa lấy được số. Đối chiếu sổ giấy, rồi lãnh đạo nhận sổ.</source>
        <translation>This computer was restored or set up anew since it got the book: it takes no number. Compare the paper book, then a leader takes it over.</translation>
    </message>
    <message>
        <source>Số này vẫn nằm trong sổ, kèm lý do; không lấy lại.</source>
        <translation>The number stays in the book, with the reason; it is not taken again.</translation>
    </message>
    <message>
        <source>Số {number}</source>
        <translation>Number {number}</translation>
    </message>
    <message>
        <source>Sổ không liền số: {what}. So với sổ giấy rồi báo người quản trị.</source>
        <translation>The book is not whole: {what}. Compare the paper book, then tell the administrator.</translation>
    </message>
    <message>
        <source>bỏ: {reason}</source>
        <translation>void: {reason}</translation>
    </message>
    <message>
        <source>lấy trùng số {numbers}</source>
        <translation>taken twice: {numbers}</translation>
    </message>
    <message>
        <source>máy giữ sổ: {device}</source>
        <translation>held by {device}</translation>
    </message>
    <message>
        <source>máy này giữ sổ</source>
        <translation>held by this machine</translation>
    </message>
    <message>
        <source>số tiếp theo {number}</source>
        <translation>next number {number}</translation>
    </message>
    <message>
        <source>thiếu số {numbers}</source>
        <translation>missing: {numbers}</translation>
    </message>
    <message>
        <source>{name} năm {year}</source>
        <translation>{name} of {year}</translation>
    </message>
    <message>
        <source>Đang chuyển</source>
        <translation>On its way</translation>
    </message>
    <message>
        <source>Đã bỏ</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>Đã chuyển sổ {book} cho {device}; máy này không lấy số của sổ nữa.</source>
        <translation>The book {book} was handed to {device}; this computer takes no more of its numbers.</translation>
    </message>
    <message>
        <source>Đã chuyển, chờ máy chủ xác nhận: không máy nào lấy được số cho đến lúc đó.</source>
        <translation>Handed over, central has not said so yet: until then nobody takes a number.</translation>
    </message>
    <message>
        <source>Đã ghi bỏ số {number} của sổ {book}.</source>
        <translation>Number {number} of the book {book} is void.</translation>
    </message>
    <message>
        <source>Đã mở sổ {book}, máy này giữ.</source>
        <translation>The book {book} was opened, held here.</translation>
    </message>
    <message>
        <source>Đã nhận sổ {book} về máy này.</source>
        <translation>The book {book} was taken over by this computer.</translation>
    </message>
</context>
<context>
    <name>BooksView</name>
    <message>
        <source>Bỏ số {number}</source>
        <translation>Void number {number}</translation>
    </message>
    <message>
        <source>Chuyển cho máy</source>
        <translation>Hand to</translation>
    </message>
    <message>
        <source>Chuyển sổ</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>Chưa lấy số nào.</source>
        <translation>No number was taken yet.</translation>
    </message>
    <message>
        <source>Chưa mở sổ nào. Mở sổ ở máy sẽ lấy số; các máy khác biết sau lượt gửi, nhận dữ liệu.</source>
        <translation>No book is open. Open it on the computer that will take its numbers; others know after an exchange.</translation>
    </message>
    <message>
        <source>Các số gần nhất</source>
        <translation>Last numbers</translation>
    </message>
    <message>
        <source>Lý do bỏ số</source>
        <translation>Why it is void</translation>
    </message>
    <message>
        <source>Lý do chuyển, nhận</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Mở sổ năm nay</source>
        <translation>Open this year&apos;s book</translation>
    </message>
    <message>
        <source>Nhận sổ về máy này</source>
        <translation>Take over here</translation>
    </message>
    <message>
        <source>Số đầu</source>
        <translation>First number</translation>
    </message>
    <message>
        <source>Sổ số</source>
        <translation>Books</translation>
    </message>
    <message>
        <source>Tên sổ</source>
        <translation>Name of the book</translation>
    </message>
    <message>
        <source>ví dụ: in sai, đã hủy giấy</source>
        <translation>e.g. misprinted, paper destroyed</translation>
    </message>
    <message>
        <source>Đối chiếu cuối ngày</source>
        <translation>Reconcile the day</translation>
    </message>
</context>
<context>
    <name>Bundle</name>
    <message>
        <source>Chờ lãnh đạo ký</source>
        <translation>Waits for the leader</translation>
    </message>
    <message>
        <source>Chờ đóng dấu số</source>
        <translation>Waits for the seal</translation>
    </message>
    <message>
        <source>Còn {count} văn bản cho gói sau.</source>
        <translation>{count} documents are left for another bundle.</translation>
    </message>
    <message>
        <source>Gói này đã nhận trước đó, không có gì mới.</source>
        <translation>It was taken in before; nothing is new.</translation>
    </message>
    <message>
        <source>Kèm {count} văn bản đã xử lý ở đây.</source>
        <translation>{count} documents that were dealt with here go along.</translation>
    </message>
    <message>
        <source>Mang tệp này đến máy nhận, bấm Nhận gói ở đó. Chỉ máy ấy mở được; máy này không ký các văn bản đó nữa.</source>
        <translation>Take this file to the receiver and press Take in there. Only that computer opens it; this one does not sign those documents any more.</translation>
    </message>
    <message>
        <source>Máy này chưa biết quầy nào khác: quầy kia đăng ký xong, máy này nối máy chủ một lần thì có tên ở đây.</source>
        <translation>No other counter is known here: once that counter is enrolled and this computer has reached the server, it stands here.</translation>
    </message>
    <message>
        <source>Máy này ký được tiếp. Chữ ký ở nơi kia mà đến máy chủ sau thì không có hiệu lực.</source>
        <translation>This computer can sign them again. A signature made there that reaches the server later has no effect.</translation>
    </message>
    <message>
        <source>Sẽ chuyển</source>
        <translation>Will go</translation>
    </message>
    <message>
        <source>máy chủ đã biết</source>
        <translation>known to the server</translation>
    </message>
    <message>
        <source>{code} · chuyển lúc {at}</source>
        <translation>{code} · went at {at}</translation>
    </message>
    <message>
        <source>{count} văn bản chờ người quản trị xác nhận vì máy này vừa được khôi phục: {codes}.</source>
        <translation>{count} documents wait for the administrator, because this computer was restored lately: {codes}.</translation>
    </message>
    <message>
        <source>{count} văn bản có thêm chữ ký: {codes}.</source>
        <translation>With a further signature: {count} ({codes}).</translation>
    </message>
    <message>
        <source>{count} văn bản máy chủ đã biết là chưa ai nhận lượt: nếu trong lúc này có máy khác còn nối mạng nhận lượt thì chữ ký đến máy chủ sau không có hiệu lực.</source>
        <translation>The server knows the turns of {count} documents to be free: if another computer that still has a line takes one meanwhile, the signature that reaches the server later has no effect.</translation>
    </message>
    <message>
        <source>{count} văn bản từ {counter} ký được ở máy này: {codes}.</source>
        <translation>To sign here, from {counter}: {count} ({codes}).</translation>
    </message>
    <message>
        <source>Đã ghi gói {file}: chuyển lượt ký {count} văn bản cho {counter}.</source>
        <translation>The bundle {file} was written: the turns of {count} documents went to {counter}.</translation>
    </message>
    <message>
        <source>Đã lấy lại lượt ký của {codes}.</source>
        <translation>The turns of {codes} were taken back.</translation>
    </message>
    <message>
        <source>Đã nhận gói từ {counter}.</source>
        <translation>The bundle from {counter} was taken in.</translation>
    </message>
    <message>
        <source>Để lại</source>
        <translation>Left out</translation>
    </message>
    <message>
        <source>Ở {counter}</source>
        <translation>At {counter}</translation>
    </message>
</context>
<context>
    <name>BundleView</name>
    <message>
        <source>Chuyển được từ máy này</source>
        <translation>Can go from here</translation>
    </message>
    <message>
        <source>Chọn USB hoặc thư mục mạng để đặt gói</source>
        <translation>Choose a USB stick or a network folder for the bundle</translation>
    </message>
    <message>
        <source>Chọn gói chuyển tay</source>
        <translation>Choose a bundle</translation>
    </message>
    <message>
        <source>Dùng khi chưa nối được máy chủ mà lãnh đạo hoặc văn thư ngồi ở máy khác: lượt ký và văn bản đi bằng USB hay thư mục mạng, trong một gói chỉ máy nhận mở được. Nối lại máy chủ thì hai máy tự gửi, không phải làm gì thêm.</source>
        <translation>For when the server cannot be reached and the leader or the seal is at another computer: turns and documents go by USB stick or network folder, in a bundle that only the receiver opens. Once the server is back both computers send by themselves.</translation>
    </message>
    <message>
        <source>Ghi lại gói…</source>
        <translation>Write again…</translation>
    </message>
    <message>
        <source>Gói chuyển tay ({files})</source>
        <translation>Bundles ({files})</translation>
    </message>
    <message>
        <source>Gói mất hoặc hỏng: ghi lại chính gói ấy. Chỉ lấy lại lượt ký khi chắc nơi kia không ký.</source>
        <translation>A bundle lost or damaged: write the same one again. Take turns back only when they are surely not signed there.</translation>
    </message>
    <message>
        <source>Gửi, nhận dữ liệu</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>Không có lượt ký nào đang ở nơi khác.</source>
        <translation>No turn is elsewhere.</translation>
    </message>
    <message>
        <source>Không có văn bản nào chờ ký mà lượt ký ở máy này.</source>
        <translation>No document waits whose turn is here.</translation>
    </message>
    <message>
        <source>Lý do lấy lại, ví dụ: mất USB trên đường</source>
        <translation>Why it is taken back, e.g. the stick was lost</translation>
    </message>
    <message>
        <source>Lấy lại lượt ký</source>
        <translation>Take the turn back</translation>
    </message>
    <message>
        <source>Máy nhận</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>Nhận gói…</source>
        <translation>Take in…</translation>
    </message>
    <message>
        <source>Tiến độ chuyển tay</source>
        <translation>How far the bundle is</translation>
    </message>
    <message>
        <source>Xuất gói chuyển tay…</source>
        <translation>Write a bundle…</translation>
    </message>
    <message>
        <source>Đã chuyển, chưa về</source>
        <translation>Gone, not back</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Enter: đọc · Esc: thôi</source>
        <translation>Enter: read · Esc: cancel</translation>
    </message>
    <message>
        <source>Mã QR của thẻ, dòng mã &lt; của hộ chiếu</source>
        <translation>QR code of a card, &lt; lines of a passport</translation>
    </message>
    <message>
        <source>Mã QR trên thẻ căn cước</source>
        <translation>QR code of the identity card</translation>
    </message>
    <message>
        <source>Thẻ của {record}</source>
        <translation>Card of {record}</translation>
    </message>
    <message>
        <source>Từ ảnh</source>
        <translation>From a picture</translation>
    </message>
    <message>
        <source>Đọc thẻ từ ảnh</source>
        <translation>Read a card from a picture</translation>
    </message>
</context>
<context>
    <name>CodesView</name>
    <message>
        <source>Chờ cấp mã</source>
        <translation>Waiting for a code</translation>
    </message>
    <message>
        <source>Chờ thông báo</source>
        <translation>Waiting for its notice</translation>
    </message>
    <message>
        <source>Cấp mã và ký thông báo</source>
        <translation>Give codes and sign notices</translation>
    </message>
    <message>
        <source>Gửi, nhận dữ liệu</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>Hồ sơ chờ cấp mã</source>
        <translation>Dossiers without a code</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào còn số tạm mà chưa có mã.</source>
        <translation>No dossier has only its provisional number.</translation>
    </message>
    <message>
        <source>Không dùng được thẻ ký số</source>
        <translation>Signing token cannot be used</translation>
    </message>
    <message>
        <source>Ký tay</source>
        <translation>Sign by hand</translation>
    </message>
    <message>
        <source>Ký {count} thông báo mã hồ sơ</source>
        <translation>Sign {count} notices of codes</translation>
    </message>
    <message>
        <source>Lý do ký tay, rồi Enter</source>
        <translation>Why by hand, then Enter</translation>
    </message>
    <message>
        <source>Số tạm trên giấy hẹn vẫn dùng được mãi. Cấp mã: mỗi hồ sơ nhận một mã của hôm nay và một thông báo có chữ ký, ghi cả hai số. Dấu cách: để lại, chưa cấp lần này.</source>
        <translation>The provisional number on the slip stays valid for ever. Each dossier gets a code of today and a signed notice that names both. Space: leave one out.</translation>
    </message>
    <message>
        <source>nhận {since}</source>
        <translation>received {since}</translation>
    </message>
    <message>
        <source>Đang cấp mã {done}/{total}…</source>
        <translation>Giving codes {done}/{total}…</translation>
    </message>
    <message>
        <source>Để lại</source>
        <translation>Left out</translation>
    </message>
    <message>
        <source>đã có mã {code}, chưa có thông báo</source>
        <translation>has code {code}, no notice yet</translation>
    </message>
</context>
<context>
    <name>ConflictGrid</name>
    <message>
        <source>Giữ</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Khác ở phần chi tiết, mở hồ sơ để xem.</source>
        <translation>They differ in the details; open the dossier to see.</translation>
    </message>
    <message>
        <source>Lấy của quầy này</source>
        <translation>Take this counter’s</translation>
    </message>
</context>
<context>
    <name>ConflictScroll</name>
    <message>
        <source>Lúc đầu</source>
        <translation>At first</translation>
    </message>
    <message>
        <source>Quầy này ghi</source>
        <translation>This counter wrote</translation>
    </message>
    <message>
        <source>Đang có hiệu lực</source>
        <translation>Counts now</translation>
    </message>
</context>
<context>
    <name>CountryField</name>
    <message>
        <source>Quốc tịch tìm thấy</source>
        <translation>Nationalities found</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Báo cáo lỗi</source>
        <translation>Report of the fault</translation>
    </message>
    <message>
        <source>Chương trình gặp lỗi</source>
        <translation>The program met a fault</translation>
    </message>
    <message>
        <source>Lỗi của chương trình</source>
        <translation>A fault of the program</translation>
    </message>
    <message>
        <source>Sao chép báo cáo</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>Việc vừa rồi chưa xong; những gì đã lưu vẫn còn nguyên. Báo cáo dưới đây không có dữ liệu của người dân: sao chép rồi gửi cho người quản trị.</source>
        <translation>What you just did is not finished; everything saved is still there. The report below holds no data of citizens: copy it and send it to the administrator.</translation>
    </message>
    <message>
        <source>Đã sao chép</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>Đóng và làm tiếp</source>
        <translation>Close and go on</translation>
    </message>
</context>
<context>
    <name>DelegationsView</name>
    <message>
        <source>Chưa có ủy quyền nào.</source>
        <translation>Nothing was delegated yet.</translation>
    </message>
    <message>
        <source>Chưa tới ngày</source>
        <translation>To come</translation>
    </message>
    <message>
        <source>Chấm dứt</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Căn cứ</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>Ký duyệt</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Lập ủy quyền</source>
        <translation>Delegate</translation>
    </message>
    <message>
        <source>Người được ủy quyền ký duyệt thay lãnh đạo trong những ngày này, bằng thẻ của mình. Không ủy quyền lại được; việc của chính mình vẫn không tự ký duyệt.</source>
        <translation>The delegate approves for the leader on these days, with a token of their own. It can&apos;t be passed on; own work is still never self-approved.</translation>
    </message>
    <message>
        <source>Từ ngày</source>
        <translation>From</translation>
    </message>
    <message>
        <source>số, ngày của văn bản ủy quyền</source>
        <translation>number and day of the paper that delegates</translation>
    </message>
    <message>
        <source>Đang hiệu lực</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>Đã chấm dứt</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>Đã hết hạn</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>Đến hết ngày</source>
        <translation>To the end of</translation>
    </message>
    <message>
        <source>Ủy quyền cho</source>
        <translation>Delegate to</translation>
    </message>
    <message>
        <source>Ủy quyền ký duyệt</source>
        <translation>Delegations of approval</translation>
    </message>
    <message>
        <source>Ủy quyền mới</source>
        <translation>A new delegation</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quay Mot Cua</translation>
    </message>
    <message>
        <source>Quầy Một Cửa đang mở trên máy này nhưng không trả lời. Đợi một phút rồi mở lại; nếu vẫn vậy, khởi động lại máy. Hồ sơ đã lưu không mất.</source>
        <translation>Quay Mot Cua is open on this computer but does not answer. Wait a minute and open it again; if that does not help, restart the computer. Saved dossiers are not lost.</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>Chỉ xuất trình</source>
        <translation>Shown only</translation>
    </message>
    <message>
        <source>Chỉ để xem; máy này không giữ lại.</source>
        <translation>To be looked at only; nothing of it is kept on this computer.</translation>
    </message>
    <message>
        <source>Chủ hồ sơ, người nộp</source>
        <translation>Owner and submitter</translation>
    </message>
    <message>
        <source>Căn cứ xóa</source>
        <translation>Deleted on the ground of</translation>
    </message>
    <message>
        <source>Giấy ủy quyền</source>
        <translation>Authorisation</translation>
    </message>
    <message>
        <source>Hồ sơ đã chuyển lưu trữ.</source>
        <translation>This dossier was moved to the archive.</translation>
    </message>
    <message>
        <source>Không còn giá trị</source>
        <translation>No longer valid</translation>
    </message>
    <message>
        <source>Không có</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Không lấy lại được; còn mã hồ sơ và các mốc giờ.</source>
        <translation>It cannot be brought back; its code and times remain.</translation>
    </message>
    <message>
        <source>Không phải nộp</source>
        <translation>Not needed</translation>
    </message>
    <message>
        <source>Máy này không còn giữ nội dung. Cần xem thì bấm Xem từ máy chủ (F8).</source>
        <translation>This computer no longer has the content. To look at it, choose View from server (F8).</translation>
    </message>
    <message>
        <source>Mờ, không đọc được</source>
        <translation>Illegible</translation>
    </message>
    <message>
        <source>Người quyết định</source>
        <translation>Ordered by</translation>
    </message>
    <message>
        <source>Nơi nhận kết quả</source>
        <translation>Where the result goes</translation>
    </message>
    <message>
        <source>Nội dung hồ sơ đã được xóa.</source>
        <translation>The content of this dossier was deleted.</translation>
    </message>
    <message>
        <source>Xóa lúc</source>
        <translation>Deleted at</translation>
    </message>
    <message>
        <source>bản in thứ {value}</source>
        <translation>copy {value}</translation>
    </message>
    <message>
        <source>chưa in</source>
        <translation>not printed</translation>
    </message>
    <message>
        <source>chưa ký</source>
        <translation>not signed</translation>
    </message>
    <message>
        <source>cán bộ</source>
        <translation>officer</translation>
    </message>
    <message>
        <source>căn cứ: {value}</source>
        <translation>legal basis: {value}</translation>
    </message>
    <message>
        <source>cơ quan</source>
        <translation>agency</translation>
    </message>
    <message>
        <source>ký tay</source>
        <translation>by pen</translation>
    </message>
    <message>
        <source>lãnh đạo</source>
        <translation>leader</translation>
    </message>
    <message>
        <source>lãnh đạo đồng ý: {value}</source>
        <translation>agreed by the leader: {value}</translation>
    </message>
    <message>
        <source>lý do: {value}</source>
        <translation>reason: {value}</translation>
    </message>
    <message>
        <source>lần cấp {value}</source>
        <translation>issue {value}</translation>
    </message>
    <message>
        <source>ngày sinh</source>
        <translation>day of birth</translation>
    </message>
    <message>
        <source>người nhận: {value}</source>
        <translation>receiver: {value}</translation>
    </message>
    <message>
        <source>người nhập đầu tiên: {value}</source>
        <translation>begun by: {value}</translation>
    </message>
    <message>
        <source>người quyết định: {value}</source>
        <translation>ordered by: {value}</translation>
    </message>
    <message>
        <source>nơi nhận kết quả</source>
        <translation>where the result goes</translation>
    </message>
    <message>
        <source>nội dung ủy quyền</source>
        <translation>what is authorised</translation>
    </message>
    <message>
        <source>số giấy tờ</source>
        <translation>number of the paper</translation>
    </message>
    <message>
        <source>số giấy tờ người nộp</source>
        <translation>number of the submitter&apos;s paper</translation>
    </message>
    <message>
        <source>số giấy ủy quyền</source>
        <translation>number of the authorisation</translation>
    </message>
    <message>
        <source>theo ủy quyền của {value}</source>
        <translation>delegated by {value}</translation>
    </message>
    <message>
        <source>thêm lần nữa vì: {value}</source>
        <translation>asked again because: {value}</translation>
    </message>
    <message>
        <source>tên chủ hồ sơ</source>
        <translation>owner&apos;s name</translation>
    </message>
    <message>
        <source>tên người nộp</source>
        <translation>submitter&apos;s name</translation>
    </message>
    <message>
        <source>{count} chữ ký không có hiệu lực</source>
        <translation>{count} signatures without effect</translation>
    </message>
    <message>
        <source>{count} trang</source>
        <translation>pages: {count}</translation>
    </message>
    <message>
        <source>{document} · lần cấp {issue}</source>
        <translation>{document} · issue {issue}</translation>
    </message>
    <message>
        <source>{value} trang</source>
        <translation>pages: {value}</translation>
    </message>
    <message>
        <source>{who} đã ký số</source>
        <translation>signed: {who}</translation>
    </message>
    <message>
        <source>{who} đã ký số, có dấu thời gian</source>
        <translation>digitally signed by {who}, with time-stamp</translation>
    </message>
    <message>
        <source>Đang xem bản ở máy chủ trung tâm.</source>
        <translation>You are looking at what the central server has.</translation>
    </message>
    <message>
        <source>Đã nộp</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>điện thoại</source>
        <translation>telephone</translation>
    </message>
    <message>
        <source>điện thoại người nộp</source>
        <translation>submitter&apos;s telephone</translation>
    </message>
    <message>
        <source>đã in {count} lần</source>
        <translation>printed: {count}×</translation>
    </message>
    <message>
        <source>địa chỉ</source>
        <translation>address</translation>
    </message>
</context>
<context>
    <name>DossierDetail</name>
    <message>
        <source> (mất giấy hẹn)</source>
        <translation> (slip lost)</translation>
    </message>
    <message>
        <source>Bị trả lại, chưa ký: {reason}</source>
        <translation>Given back unsigned: {reason}</translation>
    </message>
    <message>
        <source>Chi tiết hồ sơ</source>
        <translation>The dossier</translation>
    </message>
    <message>
        <source>Chưa ra</source>
        <translation>It did not</translation>
    </message>
    <message>
        <source>Chọn một hồ sơ để xem.</source>
        <translation>Choose a dossier to look at.</translation>
    </message>
    <message>
        <source>Chủ hồ sơ</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>Cấp lại do sai sót</source>
        <translation>Reissue</translation>
    </message>
    <message>
        <source>Ghi chú</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Giấy tờ</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>Giấy đã cấp</source>
        <translation>Paper issued</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>In lại</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>Ký và in giấy hẹn</source>
        <translation>Sign and print</translation>
    </message>
    <message>
        <source>Lần in trước bị ngắt. Giấy hẹn đã ra khỏi máy in chưa?</source>
        <translation>The last print was cut off. Did the slip come out of the printer?</translation>
    </message>
    <message>
        <source>Lập phiếu lúc</source>
        <translation>Form made</translation>
    </message>
    <message>
        <source>Lịch sử</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Mã hồ sơ giữ nguyên; ký tiếp bằng F9.</source>
        <translation>The code stays the same; go on signing with F9.</translation>
    </message>
    <message>
        <source>Mở giấy hẹn</source>
        <translation>Open slip</translation>
    </message>
    <message>
        <source>Mở phiếu</source>
        <translation>Open form</translation>
    </message>
    <message>
        <source>Người lập</source>
        <translation>Made by</translation>
    </message>
    <message>
        <source>Người nhận</source>
        <translation>Received by</translation>
    </message>
    <message>
        <source>Người nộp</source>
        <translation>Submitter</translation>
    </message>
    <message>
        <source>Nhận lúc</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Số giấy tờ</source>
        <translation>Number of the paper</translation>
    </message>
    <message>
        <source>Sửa bằng Cấp lại do sai sót (F7); giấy đúng rồi thì Trình ký lại (F10).</source>
        <translation>Mend it by Reissue (F7); if the paper is right, Submit again (F10).</translation>
    </message>
    <message>
        <source>Thủ tục</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>Trình ký lại</source>
        <translation>Submit again</translation>
    </message>
    <message>
        <source>Trả cho</source>
        <translation>Handed to</translation>
    </message>
    <message>
        <source>Trả lúc</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>Xem từ máy chủ</source>
        <translation>View from server</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Đã ra giấy</source>
        <translation>It came out</translation>
    </message>
    <message>
        <source>Đã tiếp nhận, chưa ký giấy hẹn.</source>
        <translation>Received, slip not signed.</translation>
    </message>
</context>
<context>
    <name>DossierRows</name>
    <message>
        <source>Chủ hồ sơ · Thủ tục</source>
        <translation>Owner · Procedure</translation>
    </message>
    <message>
        <source>Gửi</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Mã hồ sơ</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Nhận lúc</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
</context>
<context>
    <name>DossierTable</name>
    <message>
        <source>Danh sách hồ sơ</source>
        <translation>List of dossiers</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Bỏ lọc</source>
        <translation>No filter</translation>
    </message>
    <message>
        <source>Chưa gửi</source>
        <translation>Not sent</translation>
    </message>
    <message>
        <source>Chọn ngày…</source>
        <translation>Choose days…</translation>
    </message>
    <message>
        <source>Cán bộ</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Ngày nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Thủ tục</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Hôm nay</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Hôm qua</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>Hẹn trả lúc nào cũng được</source>
        <translation>Due at any time</translation>
    </message>
    <message>
        <source>Mọi cán bộ</source>
        <translation>Every officer</translation>
    </message>
    <message>
        <source>Mọi thủ tục</source>
        <translation>Every procedure</translation>
    </message>
    <message>
        <source>Mọi trạng thái</source>
        <translation>Every state</translation>
    </message>
    <message>
        <source>Nhận ngày nào cũng được</source>
        <translation>Received on any day</translation>
    </message>
    <message>
        <source>Năm nay</source>
        <translation>This year</translation>
    </message>
    <message>
        <source>Quá hạn</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>Tháng này</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>Tháng trước</source>
        <translation>Last month</translation>
    </message>
    <message>
        <source>Trả hôm nay</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>Trả ngày mai</source>
        <translation>Due tomorrow</translation>
    </message>
    <message>
        <source>Tuần này</source>
        <translation>This week</translation>
    </message>
    <message>
        <source>từ {day}</source>
        <translation>from {day}</translation>
    </message>
    <message>
        <source>đến {day}</source>
        <translation>to {day}</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Việc cần làm</source>
        <translation>To do</translation>
    </message>
</context>
<context>
    <name>FootBar</name>
    <message>
        <source>Cấp lại do sai sót</source>
        <translation>Reissue</translation>
    </message>
    <message>
        <source>Cấp lại và in</source>
        <translation>Reissue and print</translation>
    </message>
    <message>
        <source>Dải số cấp trước</source>
        <translation>Leased numbers</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Hồ sơ mới</source>
        <translation>New dossier</translation>
    </message>
    <message>
        <source>In lại</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>Ký tay</source>
        <translation>Sign by hand</translation>
    </message>
    <message>
        <source>Ký và in giấy hẹn</source>
        <translation>Sign and print</translation>
    </message>
    <message>
        <source>Ký và in phiếu</source>
        <translation>Sign and print</translation>
    </message>
    <message>
        <source>Lưu tạm</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>Nhận kết quả</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Thôi sửa</source>
        <translation>Stop correcting</translation>
    </message>
    <message>
        <source>Tiếp nhận</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>Trả ngay</source>
        <translation>Return at once</translation>
    </message>
    <message>
        <source>còn {n} số</source>
        <translation>{n} left</translation>
    </message>
    <message>
        <source>hết, cấp số tạm</source>
        <translation>none: provisional</translation>
    </message>
    <message>
        <source>Đã lưu</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>Đăng ký nhận kết quả tại</source>
        <translation>Where the result is wanted</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>Chưa có hồ sơ đang nhập để giao, hoặc quầy chưa có ai khác tiếp nhận.</source>
        <translation>There is no draft to hand over, or nobody else here receives.</translation>
    </message>
    <message>
        <source>Giao hồ sơ đang nhập cho ai</source>
        <translation>Who goes on with the draft</translation>
    </message>
    <message>
        <source>{name} đang giữ hồ sơ này. Bạn sửa là bạn làm tiếp.</source>
        <translation>{name} has this draft in hand. Change it, and you go on with it.</translation>
    </message>
    <message>
        <source>Đã giao “{name}” cho {officer}.</source>
        <translation>“{name}” is handed over to {officer}.</translation>
    </message>
</context>
<context>
    <name>HandoverCard</name>
    <message>
        <source>&amp;Mất giấy hẹn: đã đối chiếu căn cước của người nhận</source>
        <translation>Slip &amp;lost: the receiver&apos;s identity card was compared</translation>
    </message>
    <message>
        <source>Ai nhận kết quả</source>
        <translation>Who takes the result</translation>
    </message>
    <message>
        <source>Chủ hồ sơ</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>Cần giấy tờ và giấy ủy quyền</source>
        <translation>Needs papers and an authorisation</translation>
    </message>
    <message>
        <source>Giấy ủy quyền</source>
        <translation>Authorisation</translation>
    </message>
    <message>
        <source>Hẹn trả</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>Họ và tên người nhận</source>
        <translation>Receiver&apos;s full name</translation>
    </message>
    <message>
        <source>Hồ sơ khác</source>
        <translation>Another dossier</translation>
    </message>
    <message>
        <source>Kết quả có tại quầy, đã trả</source>
        <translation>Result here, hand over</translation>
    </message>
    <message>
        <source>Mở một hồ sơ để xem ai được nhận kết quả, bản chính nào phải trả lại.</source>
        <translation>Open a dossier to see who may take the result and which originals go back.</translation>
    </message>
    <message>
        <source>Ngày của kết quả</source>
        <translation>Day of the result</translation>
    </message>
    <message>
        <source>Người khác</source>
        <translation>Somebody else</translation>
    </message>
    <message>
        <source>Người nộp</source>
        <translation>Submitter</translation>
    </message>
    <message>
        <source>Người nộp hồ sơ</source>
        <translation>The submitter</translation>
    </message>
    <message>
        <source>Nhận</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>Qua bưu chính</source>
        <translation>By post</translation>
    </message>
    <message>
        <source>Số của kết quả</source>
        <translation>Number of the result</translation>
    </message>
    <message>
        <source>Số giấy tờ</source>
        <translation>Number of the paper</translation>
    </message>
    <message>
        <source>Số, ngày, nơi chứng thực</source>
        <translation>Number, day, where it was certified</translation>
    </message>
    <message>
        <source>Thủ tục</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>Trả bản chính</source>
        <translation>Give originals back</translation>
    </message>
    <message>
        <source>Trực tuyến</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Tìm hồ sơ tiếp theo.</source>
        <translation>Find the next dossier.</translation>
    </message>
    <message>
        <source>Tại quầy</source>
        <translation>At the counter</translation>
    </message>
    <message>
        <source>không bắt buộc</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>không giữ bản chính nào</source>
        <translation>no originals are kept</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Đã trả kết quả {code} cho {receiver}.</source>
        <translation>Result of {code} handed to {receiver}.</translation>
    </message>
    <message>
        <source>Đăng ký nhận</source>
        <translation>Wanted</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Chưa có tin nào</source>
        <translation>No news yet</translation>
    </message>
    <message>
        <source>Khóa</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>Tin</source>
        <translation>News</translation>
    </message>
    <message>
        <source>Tìm hồ sơ, tên việc… (gõ ? xem mọi phím)</source>
        <translation>Find a dossier, an act… (? lists all keys)</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Bản 32 hay 64 bit</source>
        <translation>32 or 64 bits</translation>
    </message>
    <message>
        <source>Bản chụp nhật ký</source>
        <translation>Journal snapshots</translation>
    </message>
    <message>
        <source>Chuỗi nhật ký</source>
        <translation>Journal chain</translation>
    </message>
    <message>
        <source>Chứng thư gốc</source>
        <translation>Root certificates</translation>
    </message>
    <message>
        <source>Chứng thư số</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>Cần chú ý</source>
        <translation>Take note</translation>
    </message>
    <message>
        <source>Cần sửa</source>
        <translation>Needs mending</translation>
    </message>
    <message>
        <source>Dùng được</source>
        <translation>Usable</translation>
    </message>
    <message>
        <source>Dải số cấp trước</source>
        <translation>Leased numbers</translation>
    </message>
    <message>
        <source>Dấu mốc nhật ký</source>
        <translation>Journal mark</translation>
    </message>
    <message>
        <source>Dấu thời gian</source>
        <translation>Time-stamps</translation>
    </message>
    <message>
        <source>Dịch vụ dấu thời gian</source>
        <translation>Time-stamp service</translation>
    </message>
    <message>
        <source>Dữ liệu nhận về</source>
        <translation>Data received</translation>
    </message>
    <message>
        <source>Khóa và chứng thư</source>
        <translation>Key and certificate</translation>
    </message>
    <message>
        <source>Không dùng được</source>
        <translation>Not usable</translation>
    </message>
    <message>
        <source>Máy chủ trung tâm</source>
        <translation>Central system</translation>
    </message>
    <message>
        <source>Máy quét</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Ngày giờ</source>
        <translation>Date and time</translation>
    </message>
    <message>
        <source>Ngày giờ của máy</source>
        <translation>Computer&apos;s clock</translation>
    </message>
    <message>
        <source>Nơi cấp được tin cậy</source>
        <translation>Trusted issuer</translation>
    </message>
    <message>
        <source>Nơi lưu thứ hai</source>
        <translation>Second place</translation>
    </message>
    <message>
        <source>Nạp phần mềm thẻ</source>
        <translation>Loading the software</translation>
    </message>
    <message>
        <source>Phần mềm thẻ</source>
        <translation>Token software</translation>
    </message>
    <message>
        <source>Sổ tra cứu</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Thư viện lưu trữ</source>
        <translation>Storage library</translation>
    </message>
    <message>
        <source>Thẻ ký số</source>
        <translation>Signing token</translation>
    </message>
    <message>
        <source>Thẻ trong đầu đọc</source>
        <translation>Tokens in their readers</translation>
    </message>
    <message>
        <source>Tình trạng mã PIN</source>
        <translation>State of the PIN</translation>
    </message>
    <message>
        <source>Tình trạng thu hồi</source>
        <translation>Revocation</translation>
    </message>
    <message>
        <source>Tệp giấy tờ</source>
        <translation>Files of papers</translation>
    </message>
    <message>
        <source>Tệp nhật ký</source>
        <translation>Journal file</translation>
    </message>
    <message>
        <source>Tốt</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>Đang dùng</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>Ổ đĩa</source>
        <translation>Disk</translation>
    </message>
</context>
<context>
    <name>HealthView</name>
    <message>
        <source>Bấm F5 để kiểm tra từng phần của máy này.</source>
        <translation>Press F5 to check each part of this computer.</translation>
    </message>
    <message>
        <source>Chép báo cáo</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>Chưa kiểm tra</source>
        <translation>Not checked yet</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Kiểm tra lại</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Kiểm tra thiết bị</source>
        <translation>Device check</translation>
    </message>
    <message>
        <source>Kiểm tra thẻ</source>
        <translation>Check token</translation>
    </message>
    <message>
        <source>Kết quả kiểm tra</source>
        <translation>What the check found</translation>
    </message>
    <message>
        <source>Tiến độ kiểm tra</source>
        <translation>Progress of the check</translation>
    </message>
    <message>
        <source>Đang kiểm tra</source>
        <translation>Checking</translation>
    </message>
</context>
<context>
    <name>IconButton</name>
    <message>
        <source>Phím {key}</source>
        <translation>Key {key}</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>   Miễn cho: {people}</source>
        <translation>   Free for: {people}</translation>
    </message>
    <message>
        <source>Bản chính</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Bản sao (đã đối chiếu bản chính)</source>
        <translation>Copy (compared with the original)</translation>
    </message>
    <message>
        <source>Bản điện tử</source>
        <translation>Electronic</translation>
    </message>
    <message>
        <source>Cha hoặc mẹ</source>
        <translation>Father or mother</translation>
    </message>
    <message>
        <source>Chuyển sang giấy khác…</source>
        <translation>Move to another paper…</translation>
    </message>
    <message>
        <source>Chuyển sang giấy nào</source>
        <translation>Which paper it moves to</translation>
    </message>
    <message>
        <source>Chính chủ hồ sơ</source>
        <translation>The owner</translation>
    </message>
    <message>
        <source>Chưa chọn thủ tục.</source>
        <translation>No procedure chosen.</translation>
    </message>
    <message>
        <source>Chưa có tên</source>
        <translation>No name yet</translation>
    </message>
    <message>
        <source>Chưa có tên chủ hồ sơ.</source>
        <translation>The owner&apos;s name is missing.</translation>
    </message>
    <message>
        <source>Chưa có tên người nộp.</source>
        <translation>The submitter&apos;s name is missing.</translation>
    </message>
    <message>
        <source>Chưa xuất trình</source>
        <translation>Not shown yet</translation>
    </message>
    <message>
        <source>Còn thiếu</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Công dân Việt Nam</source>
        <translation>Citizen</translation>
    </message>
    <message>
        <source>Dòng mã không có dấu tiếng Việt: gõ lại họ tên theo giấy tờ.</source>
        <translation>The coded lines have no accents: type the name again as it is on the paper.</translation>
    </message>
    <message>
        <source>Dấu cách nếu đúng, khi đó cần: {papers}</source>
        <translation>Space if so; then it needs: {papers}</translation>
    </message>
    <message>
        <source>Giải quyết trên: {name}</source>
        <translation>Handled in: {name}</translation>
    </message>
    <message>
        <source>Giấy tờ đã hết hạn ngày {day}.</source>
        <translation>The paper expired on {day}.</translation>
    </message>
    <message>
        <source>Hoàn tác</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Hoặc giấy này</source>
        <translation>Or this paper</translation>
    </message>
    <message>
        <source>Hỏi người dân</source>
        <translation>Ask the citizen</translation>
    </message>
    <message>
        <source>Hộ chiếu hoặc thẻ tạm trú</source>
        <translation>Passport, residence card</translation>
    </message>
    <message>
        <source>Hộ chiếu không ghi số định danh: hỏi thẻ căn cước.</source>
        <translation>The passport holds no personal number: ask for the identity card.</translation>
    </message>
    <message>
        <source>Không biết mã quốc tịch {code}: gõ quốc tịch như trên hộ chiếu.</source>
        <translation>Nationality code {code} is not known: type the nationality as on the passport.</translation>
    </message>
    <message>
        <source>Không mang giấy tờ</source>
        <translation>No papers at hand</translation>
    </message>
    <message>
        <source>Không phải nộp</source>
        <translation>Not needed</translation>
    </message>
    <message>
        <source>Không thu</source>
        <translation>None</translation>
    </message>
    <message>
        <source>Không xem được trang này</source>
        <translation>This page cannot be shown</translation>
    </message>
    <message>
        <source>Kiểm tra lại họ tên: bộ gõ tiếng Việt đã xen vào.</source>
        <translation>Check the name: the input method meddled with it.</translation>
    </message>
    <message>
        <source>Kiểm tra lại địa chỉ: bộ gõ tiếng Việt đã xen vào.</source>
        <translation>Check the address: the input method meddled with it.</translation>
    </message>
    <message>
        <source>Làm lại</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Lần quét dở: {paper}. F6 quét tiếp, Ctrl+F6 xong.</source>
        <translation>Scan not finished: {paper}. F6 goes on, Ctrl+F6 ends it.</translation>
    </message>
    <message>
        <source>Lệ phí</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>Miễn</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>Mã số thuế</source>
        <translation>Tax code</translation>
    </message>
    <message>
        <source>Mờ, không đọc được</source>
        <translation>Illegible</translation>
    </message>
    <message>
        <source>Mờ, không đọc được: {paper}.</source>
        <translation>Illegible: {paper}.</translation>
    </message>
    <message>
        <source>Nguồn: {source}</source>
        <translation>Source: {source}</translation>
    </message>
    <message>
        <source>Người giám hộ</source>
        <translation>Guardian</translation>
    </message>
    <message>
        <source>Người nước ngoài</source>
        <translation>Foreigner</translation>
    </message>
    <message>
        <source>Người được ủy quyền</source>
        <translation>An authorised person</translation>
    </message>
    <message>
        <source>Người đại diện tổ chức</source>
        <translation>Representative of the organisation</translation>
    </message>
    <message>
        <source>Nếu có</source>
        <translation>If there is one</translation>
    </message>
    <message>
        <source>Qua bưu chính</source>
        <translation>By post</translation>
    </message>
    <message>
        <source>Quốc tịch “{name}” không có trong danh mục.</source>
        <translation>Nationality “{name}” is not in the list.</translation>
    </message>
    <message>
        <source>Số định danh (nếu biết)</source>
        <translation>Personal number (if known)</translation>
    </message>
    <message>
        <source>Số định danh cá nhân</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>Theo mức của tỉnh</source>
        <translation>As the province sets it</translation>
    </message>
    <message>
        <source>Thiếu: {paper}.</source>
        <translation>Missing: {paper}.</translation>
    </message>
    <message>
        <source>Thời hạn: {limit}</source>
        <translation>Time limit: {limit}</translation>
    </message>
    <message>
        <source>Thủ tục này chỉ nhận trực tuyến.</source>
        <translation>This procedure is received online only.</translation>
    </message>
    <message>
        <source>Thủ tục này không có giấy nào khác để chuyển trang sang.</source>
        <translation>This procedure has no other paper to move a page to.</translation>
    </message>
    <message>
        <source>Trực tuyến</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Tách từ trang này…</source>
        <translation>Split from this page…</translation>
    </message>
    <message>
        <source>Tên đã nhập “{name}” khác tên trên thẻ.</source>
        <translation>Typed “{name}”: not the name on the card.</translation>
    </message>
    <message>
        <source>Tên đã nhập “{name}”: khác cách đặt dấu.</source>
        <translation>Typed “{name}”: the tone mark stands elsewhere.</translation>
    </message>
    <message>
        <source>Tại quầy</source>
        <translation>At the counter</translation>
    </message>
    <message>
        <source>Tổ chức</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Xem lớn</source>
        <translation>Look at it large</translation>
    </message>
    <message>
        <source>Xoay phải</source>
        <translation>Turn right</translation>
    </message>
    <message>
        <source>Xoay trái</source>
        <translation>Turn left</translation>
    </message>
    <message>
        <source>Xóa cả tệp</source>
        <translation>Delete the whole file</translation>
    </message>
    <message>
        <source>Xóa trang</source>
        <translation>Delete the page</translation>
    </message>
    <message>
        <source>chưa ghi lý do</source>
        <translation>no reason given yet</translation>
    </message>
    <message>
        <source>chưa quét</source>
        <translation>not scanned</translation>
    </message>
    <message>
        <source>chỉ nhận trực tuyến</source>
        <translation>online only</translation>
    </message>
    <message>
        <source>hẹn trả</source>
        <translation>by appointment</translation>
    </message>
    <message>
        <source>nộp khi {condition}</source>
        <translation>needed if: {condition}</translation>
    </message>
    <message>
        <source>nợ bản quét: {reason}</source>
        <translation>scan owed: {reason}</translation>
    </message>
    <message>
        <source>sau {hour} tính từ ngày làm việc sau</source>
        <translation>after {hour} it counts from the next working day</translation>
    </message>
    <message>
        <source>thay được bằng {database}</source>
        <translation>may be replaced by {database}</translation>
    </message>
    <message>
        <source>trong ngày làm việc</source>
        <translation>on the working day</translation>
    </message>
    <message>
        <source>trả ngay</source>
        <translation>at once</translation>
    </message>
    <message>
        <source>{n} bản</source>
        <translation>{n} copies</translation>
    </message>
    <message>
        <source>{n} giờ làm việc</source>
        <translation>{n} working hours</translation>
    </message>
    <message>
        <source>{n} mức khác</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>{n} ngày</source>
        <translation>{n} days</translation>
    </message>
    <message>
        <source>{n} ngày làm việc</source>
        <translation>{n} working days</translation>
    </message>
    <message>
        <source>{words} (chưa xác nhận)</source>
        <translation>{words} (not confirmed)</translation>
    </message>
    <message>
        <source>Đã nhập “{old}”, thay bằng “{new}”.</source>
        <translation>Typed “{old}”, replaced by “{new}”.</translation>
    </message>
    <message>
        <source>Đã xuất trình</source>
        <translation>Shown</translation>
    </message>
    <message>
        <source>Đã đủ</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>Đưa lên trước</source>
        <translation>Move forward</translation>
    </message>
    <message>
        <source>Đưa ra sau</source>
        <translation>Move back</translation>
    </message>
    <message>
        <source>đã lưu {n} trang</source>
        <translation>pages saved: {n}</translation>
    </message>
    <message>
        <source>đã đối chiếu, không quét</source>
        <translation>compared, not scanned</translation>
    </message>
</context>
<context>
    <name>IntakeView</name>
    <message>
        <source> (lịch nghỉ chưa xác nhận)</source>
        <translation> (days off not confirmed)</translation>
    </message>
    <message>
        <source>Lệ phí</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>Mã hồ sơ giữ nguyên; giấy mới thay giấy cũ. Chỉ sửa được người và nơi nhận kết quả.</source>
        <translation>The code stays; the new paper replaces the old one. Only people and the result&apos;s way can be corrected.</translation>
    </message>
    <message>
        <source>Đang sửa giấy hẹn {code}: F9 để cấp lại</source>
        <translation>Correcting slip {code}: F9 reissues it</translation>
    </message>
    <message>
        <source>Đã lưu lúc {time}.</source>
        <translation>Saved at {time}.</translation>
    </message>
    <message>
        <source>Đủ điều kiện: F12 trả ngay, F9 nếu phải hẹn</source>
        <translation>Ready: F12 returns at once, F9 makes an appointment</translation>
    </message>
    <message>
        <source>Đủ điều kiện: F9 để ký và in giấy hẹn</source>
        <translation>Ready: F9 signs and prints the slip</translation>
    </message>
    <message>
        <source>Đủ điều kiện: F9 để tiếp nhận, người tiếp nhận ký giấy hẹn sau</source>
        <translation>Ready: F9 receives it, an officer signs the slip after</translation>
    </message>
</context>
<context>
    <name>IntakeViewModel</name>
    <message>
        <source>Sai sót khi nhập thông tin</source>
        <translation>Mistake in what was typed</translation>
    </message>
    <message>
        <source>{name} đang giữ hồ sơ này. Bạn sửa là bạn làm tiếp.</source>
        <translation>{name} has this draft in hand. Change it, and you go on with it.</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Dấu cách</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Phím {key}</source>
        <translation>Key {key}</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>vi</source>
        <translation>en</translation>
    </message>
</context>
<context>
    <name>LocalTime</name>
    <message>
        <source>Chủ Nhật</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>Thứ Ba</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>Thứ Bảy</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>Thứ Hai</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>Thứ Năm</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>Thứ Sáu</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>Thứ Tư</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>{hour} hôm nay</source>
        <translation>{hour} today</translation>
    </message>
</context>
<context>
    <name>Mailbox</name>
    <message>
        <source>Chờ gửi</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Cán bộ tiếp nhận hoặc lãnh đạo của quầy xử lý việc này; ở đây chỉ xem.</source>
        <translation>A receiving officer or a leader of the counter deals with this; here it can only be read.</translation>
    </message>
    <message>
        <source>Cán bộ tại quầy xử lý</source>
        <translation>The counter&apos;s officer deals with it</translation>
    </message>
    <message>
        <source>Cảnh báo</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>Cần xem</source>
        <translation>To be looked at</translation>
    </message>
    <message>
        <source>Cần xử lý</source>
        <translation>To be dealt with</translation>
    </message>
    <message>
        <source>Hai nơi cùng sửa hồ sơ này. Cán bộ tiếp nhận chọn bên đúng cho từng mục. Nếu giữ nguyên dữ liệu đang có hiệu lực thì ghi lý do rồi bấm Đã xử lý: giấy quầy này đã cấp không còn giá trị.</source>
        <translation>Two places changed this dossier. A receiving officer chooses the right side of each part. To keep the data in force, give the reason and press Dealt with: what this counter issued is no longer valid.</translation>
    </message>
    <message>
        <source>Hai nơi cùng sửa hồ sơ này. Cán bộ tiếp nhận chọn bên đúng cho từng mục; ở đây chỉ xem.</source>
        <translation>Two places changed this dossier. A receiving officer chooses the right side of each part; here it can only be read.</translation>
    </message>
    <message>
        <source>Mất kết nối từ {since}</source>
        <translation>Not connected since {since}</translation>
    </message>
    <message>
        <source>Việc của quầy</source>
        <translation>Acts of the counter</translation>
    </message>
    <message>
        <source>chờ thành phố</source>
        <translation>waits for the city</translation>
    </message>
    <message>
        <source>còn {count} số hôm nay</source>
        <translation>{count} left for today</translation>
    </message>
    <message>
        <source>hôm nay chưa gửi tệp nào</source>
        <translation>no files sent today</translation>
    </message>
    <message>
        <source>hôm nay đã gửi {sent} trong mức {limit} tệp</source>
        <translation>{sent} of {limit} of files sent today</translation>
    </message>
    <message>
        <source>hôm nay đã gửi {sent} tệp</source>
        <translation>{sent} of files sent today</translation>
    </message>
    <message>
        <source>hết, cấp số tạm</source>
        <translation>none: provisional</translation>
    </message>
    <message>
        <source>mạng tính tiền theo dung lượng</source>
        <translation>this network is paid for by the byte</translation>
    </message>
    <message>
        <source>tệp lớn đang tạm dừng</source>
        <translation>large files are paused</translation>
    </message>
    <message>
        <source>từ {since}</source>
        <translation>since {since}</translation>
    </message>
    <message>
        <source>{count} tệp ({size}) đang chờ</source>
        <translation>{count} files ({size}) wait</translation>
    </message>
    <message>
        <source>{count} tệp, {size}</source>
        <translation>files: {count}, {size}</translation>
    </message>
    <message>
        <source>{count} việc</source>
        <translation>acts: {count}</translation>
    </message>
    <message>
        <source>{count} việc chờ thành phố</source>
        <translation>{count} wait for the city</translation>
    </message>
    <message>
        <source>{left} · {day}: {count} số</source>
        <translation>{left} · {day}: {count}</translation>
    </message>
    <message>
        <source>{owner} xử lý</source>
        <translation>{owner} deals with it</translation>
    </message>
    <message>
        <source>Đang thông suốt</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>Đã ghi là xử lý xong, chờ gửi lên máy chủ.</source>
        <translation>Noted as dealt with; waits to be sent.</translation>
    </message>
    <message>
        <source>đã gửi máy chủ phường, chờ thành phố</source>
        <translation>sent to the ward&apos;s hub, the city not yet</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>MailboxView</name>
    <message>
        <source>Chuyển tay lượt ký</source>
        <translation>Hand over turns</translation>
    </message>
    <message>
        <source>Chờ cấp mã</source>
        <translation>Waiting for a code</translation>
    </message>
    <message>
        <source>Chờ gửi</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>Dải số cấp trước</source>
        <translation>Leased numbers</translation>
    </message>
    <message>
        <source>Gửi ngay</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>Gửi tiếp tệp lớn</source>
        <translation>Send large files</translation>
    </message>
    <message>
        <source>Hồ sơ gửi lỗi, cần xử lý</source>
        <translation>Refused dossiers, to be dealt with</translation>
    </message>
    <message>
        <source>Không có gì chờ gửi: máy chủ trung tâm đã nhận đủ.</source>
        <translation>Nothing waits: the central system has everything.</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào gửi lỗi, không có cảnh báo nào.</source>
        <translation>No dossier was refused, and there is no warning.</translation>
    </message>
    <message>
        <source>Kết nối máy chủ trung tâm</source>
        <translation>Connection to the central system</translation>
    </message>
    <message>
        <source>Lần gửi, nhận gần nhất</source>
        <translation>Last exchange</translation>
    </message>
    <message>
        <source>Lần mất mạng</source>
        <translation>Outages</translation>
    </message>
    <message>
        <source>Tiến độ gửi, nhận</source>
        <translation>Progress of the exchange</translation>
    </message>
    <message>
        <source>Tạm dừng tệp lớn</source>
        <translation>Pause large files</translation>
    </message>
    <message>
        <source>chưa lần nào</source>
        <translation>never yet</translation>
    </message>
    <message>
        <source>{dossiers} hồ sơ · {entries} việc · {files} tệp</source>
        <translation>dossiers: {dossiers} · acts: {entries} · files: {files}</translation>
    </message>
    <message>
        <source>Đang chờ gửi</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>Đang gửi, nhận…</source>
        <translation>Exchanging…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quay Mot Cua</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source> · còn {n} thẻ khác</source>
        <translation> · other cards: {n}</translation>
    </message>
    <message>
        <source>Bỏ qua</source>
        <translation>Leave it</translation>
    </message>
    <message>
        <source>Trong giấy tờ có thẻ của {name}, sinh {year}</source>
        <translation>Among the papers: the card of {name}, born {year}</translation>
    </message>
    <message>
        <source>Điền vào {record}</source>
        <translation>Fill in {record}</translation>
    </message>
</context>
<context>
    <name>Outages</name>
    <message>
        <source>Hỏi {rounds} lần không được, lần cuối {last}.</source>
        <translation>Asked {rounds} times in vain, last {last}.</translation>
    </message>
    <message>
        <source>… và {count} hồ sơ nữa; xuất bảng tính để xem đủ.</source>
        <translation>… and {count} more dossiers; export the spreadsheet to see all.</translation>
    </message>
</context>
<context>
    <name>OutagesView</name>
    <message>
        <source>Bảng tính (*.xlsx)</source>
        <translation>Spreadsheet (*.xlsx)</translation>
    </message>
    <message>
        <source>Chưa có lần mất kết nối nào</source>
        <translation>No outages yet</translation>
    </message>
    <message>
        <source>Ghi trong nhật ký có chữ ký của quầy và gửi lên máy chủ, làm bằng chứng khi hồ sơ trễ hẹn. Bảng tính có đủ hồ sơ, giờ hẹn trả và mã để tìm lại trên máy chủ.</source>
        <translation>Written in the counter&apos;s signed journal and sent to the server, as evidence when a dossier is late. The spreadsheet has every dossier, when it is due, and the codes by which the server finds it again.</translation>
    </message>
    <message>
        <source>Gửi, nhận dữ liệu</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>Máy hỏi hai lần liền không được thì ghi vào đây; hỏng một lần rồi nối lại được thì không ghi.</source>
        <translation>Noted here once two rounds in a row have failed; a single one leaves no line.</translation>
    </message>
    <message>
        <source>Nhật ký mất kết nối</source>
        <translation>Outage log</translation>
    </message>
    <message>
        <source>Những lần mất kết nối máy chủ trung tâm</source>
        <translation>When the central server was out of reach</translation>
    </message>
    <message>
        <source>Xuất bảng tính…</source>
        <translation>Export a spreadsheet…</translation>
    </message>
    <message>
        <source>Xuất nhật ký mất kết nối</source>
        <translation>Export the outage log</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>Trang giấy</source>
        <translation>A page</translation>
    </message>
    <message>
        <source>Trang {number}/{all} · {title}</source>
        <translation>Page {number}/{all} · {title}</translation>
    </message>
    <message>
        <source>mũi tên lật trang · + − phóng to, thu nhỏ</source>
        <translation>arrows turn the page · + − larger, smaller</translation>
    </message>
    <message>
        <source>Đóng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Chuyển…</source>
        <translation>Move…</translation>
    </message>
    <message>
        <source>Cả trang</source>
        <translation>Whole page</translation>
    </message>
    <message>
        <source>Phóng to</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>Thu nhỏ</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>Trang sau</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Trang trước</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>Trang {number}/{all} · {title}</source>
        <translation>Page {number}/{all} · {title}</translation>
    </message>
    <message>
        <source>Trở lại</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Vừa bề ngang</source>
        <translation>Full width</translation>
    </message>
    <message>
        <source>Xem trang giấy</source>
        <translation>A page</translation>
    </message>
    <message>
        <source>Xóa</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Trang {number}</source>
        <translation>Page {number}</translation>
    </message>
    <message>
        <source>đã xoay {n}°</source>
        <translation>turned by {n}°</translation>
    </message>
</context>
<context>
    <name>PagesCard</name>
    <message>
        <source>Quét (F6), chọn tệp (Ctrl+O) hoặc kéo tệp vào đây. Trang chỉ hiện khi đã lưu an toàn.</source>
        <translation>Scan (F6), choose a file (Ctrl+O) or drop one here. A page is shown once it is safely saved.</translation>
    </message>
    <message>
        <source>Shift+F5 tới đây · R xoay · Ctrl+← → đổi chỗ · M chuyển · S tách · Delete xóa</source>
        <translation>Shift+F5 comes here · R turn · Ctrl+← → change places · M move · S split · Delete</translation>
    </message>
    <message>
        <source>Trang đã lưu</source>
        <translation>Saved pages</translation>
    </message>
</context>
<context>
    <name>PagesDesk</name>
    <message>
        <source>Chưa có thao tác nào với trang để hoàn tác.</source>
        <translation>Nothing was done to a page that could be undone.</translation>
    </message>
    <message>
        <source>chuyển {pages}</source>
        <translation>move {pages}</translation>
    </message>
    <message>
        <source>trang {n}</source>
        <translation>page {n}</translation>
    </message>
    <message>
        <source>tách từ {pages}</source>
        <translation>split from {pages}</translation>
    </message>
    <message>
        <source>xoay {pages}</source>
        <translation>turn {pages}</translation>
    </message>
    <message>
        <source>xóa {pages}</source>
        <translation>delete {pages}</translation>
    </message>
    <message>
        <source>{n} trang</source>
        <translation>{n} pages</translation>
    </message>
    <message>
        <source>Đã chuyển {pages} sang “{paper}” – Ctrl+Z để chuyển lại</source>
        <translation>Moved {pages} to “{paper}” – Ctrl+Z moves it back</translation>
    </message>
    <message>
        <source>Đã hoàn tác: {act} – Ctrl+Y để làm lại</source>
        <translation>Undone: {act} – Ctrl+Y does it again</translation>
    </message>
    <message>
        <source>Đã làm lại: {act} – Ctrl+Z để hoàn tác</source>
        <translation>Done again: {act} – Ctrl+Z undoes it</translation>
    </message>
    <message>
        <source>Đã tách từ {pages} sang “{paper}” – Ctrl+Z để gộp lại</source>
        <translation>Split from {pages} to “{paper}” – Ctrl+Z puts it together</translation>
    </message>
    <message>
        <source>Đã xóa {pages} – Ctrl+Z để lấy lại</source>
        <translation>Deleted {pages} – Ctrl+Z brings it back</translation>
    </message>
    <message>
        <source>đổi chỗ {pages}</source>
        <translation>change places of {pages}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Mọi việc làm được ở đây</source>
        <translation>Everything that can be done here</translation>
    </message>
    <message>
        <source>Tìm “{text}” trong sổ theo dõi</source>
        <translation>Find “{text}” in the register</translation>
    </message>
    <message>
        <source>Việc có thể làm</source>
        <translation>What can be done</translation>
    </message>
</context>
<context>
    <name>PapersCard</name>
    <message>
        <source>Chưa khai báo máy quét (Ctrl+9)</source>
        <translation>No scanner set up (Ctrl+9)</translation>
    </message>
    <message>
        <source>Chỉ xuất trình, đã đối chiếu</source>
        <translation>Shown only, compared</translation>
    </message>
    <message>
        <source>Chọn thủ tục để thấy giấy tờ cần nộp.</source>
        <translation>Choose a procedure to see which papers it needs.</translation>
    </message>
    <message>
        <source>Chọn tệp</source>
        <translation>Choose file</translation>
    </message>
    <message>
        <source>Chọn tệp…	Ctrl+O</source>
        <translation>Choose file…	Ctrl+O</translation>
    </message>
    <message>
        <source>Cách quét…	Shift+F6</source>
        <translation>Way of scanning…	Shift+F6</translation>
    </message>
    <message>
        <source>Còn thiếu</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Dấu cách đủ/thiếu · M mờ · K không phải nộp · X chỉ xuất trình · N nợ bản quét · Enter xem trang · Shift+F6 cách quét</source>
        <translation>Space present/missing · M illegible · K not needed · X shown only · N scan owed · Enter look at it · Shift+F6 way of scanning</translation>
    </message>
    <message>
        <source>Dấu cách: đủ/thiếu</source>
        <translation>Space: tick off</translation>
    </message>
    <message>
        <source>Dừng quét</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Giấy tờ đã đủ</source>
        <translation>Paper present</translation>
    </message>
    <message>
        <source>Gõ đường dẫn tệp…	Ctrl+Shift+O</source>
        <translation>Type a file&apos;s path…	Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Khai thác từ {database}</source>
        <translation>Taken from {database}</translation>
    </message>
    <message>
        <source>Không phải nộp…</source>
        <translation>Not needed…</translation>
    </message>
    <message>
        <source>Không thuộc trường hợp phải nộp</source>
        <translation>Not a case that needs it</translation>
    </message>
    <message>
        <source>Khổ giấy lớn hơn máy quét</source>
        <translation>Sheet larger than the scanner</translation>
    </message>
    <message>
        <source>Lý do khác…</source>
        <translation>Another reason…</translation>
    </message>
    <message>
        <source>Máy quét hỏng</source>
        <translation>Scanner out of order</translation>
    </message>
    <message>
        <source>Mờ, không đọc được</source>
        <translation>Illegible</translation>
    </message>
    <message>
        <source>Nợ bản quét…</source>
        <translation>Scan owed…</translation>
    </message>
    <message>
        <source>Quét</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Quét	F6</source>
        <translation>Scan	F6</translation>
    </message>
    <message>
        <source>Quét tiếp</source>
        <translation>Scan on</translation>
    </message>
    <message>
        <source>Số bộ</source>
        <translation>Sets</translation>
    </message>
    <message>
        <source>Số bộ hồ sơ</source>
        <translation>Number of sets</translation>
    </message>
    <message>
        <source>Thành phần hồ sơ</source>
        <translation>Papers of the dossier</translation>
    </message>
    <message>
        <source>cơ sở dữ liệu</source>
        <translation>the database</translation>
    </message>
    <message>
        <source>{doing} · đã lưu {n} trang</source>
        <translation>{doing} · pages saved: {n}</translation>
    </message>
    <message>
        <source>Đang lưu {n} tệp…</source>
        <translation>Saving files: {n}…</translation>
    </message>
    <message>
        <source>Đang quét…</source>
        <translation>Scanning…</translation>
    </message>
    <message>
        <source>Đã có trong kho dữ liệu</source>
        <translation>In the data store already</translation>
    </message>
    <message>
        <source>Đã xuất trình trên VNeID</source>
        <translation>Shown on VNeID</translation>
    </message>
    <message>
        <source>Đã đủ</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>Đông người, quét trong ngày</source>
        <translation>Many people; to be scanned today</translation>
    </message>
</context>
<context>
    <name>PapersPart</name>
    <message>
        <source>Các trang đã quét</source>
        <translation>Scanned pages</translation>
    </message>
    <message>
        <source>Giấy tờ</source>
        <translation>Papers</translation>
    </message>
</context>
<context>
    <name>PeopleCard</name>
    <message>
        <source>&amp;Người nộp</source>
        <translation>Submitte&amp;r</translation>
    </message>
    <message>
        <source>Chủ hồ sơ</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>Gửi kết quả tới thư điện tử, tài khoản</source>
        <translation>Send the result to e-mail or account</translation>
    </message>
    <message>
        <source>Gửi kết quả tới địa chỉ</source>
        <translation>Send the result to the address</translation>
    </message>
    <message>
        <source>Người nộp</source>
        <translation>Submitter</translation>
    </message>
    <message>
        <source>Người nộp là</source>
        <translation>The submitter is</translation>
    </message>
    <message>
        <source>{record} là</source>
        <translation>{record} is</translation>
    </message>
    <message>
        <source>Đọc hộ chiếu</source>
        <translation>Read the passport</translation>
    </message>
    <message>
        <source>Đọc thẻ căn cước</source>
        <translation>Read the card</translation>
    </message>
</context>
<context>
    <name>PeopleDesk</name>
    <message>
        <source>Chưa ghi đủ số, ngày giấy giới thiệu.</source>
        <translation>Number or day of the letter of introduction is missing.</translation>
    </message>
    <message>
        <source>Chưa ghi đủ số, ngày giấy ủy quyền.</source>
        <translation>Number or day of the authorisation is missing.</translation>
    </message>
    <message>
        <source>Ngày hết hạn chưa đọc được: ghi ngày/tháng/năm.</source>
        <translation>The day of expiry cannot be read: write day/month/year.</translation>
    </message>
    <message>
        <source>Ngày sinh chưa đọc được: ghi ngày/tháng/năm.</source>
        <translation>The day of birth cannot be read: write day/month/year.</translation>
    </message>
</context>
<context>
    <name>PeriodDialog</name>
    <message>
        <source>Lọc</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Ngày chưa đúng. Gõ như 23/11/2026, hoặc để trống.</source>
        <translation>The day is not right. Type it like 23/11/2026, or leave it empty.</translation>
    </message>
    <message>
        <source>Ngày nhận hồ sơ</source>
        <translation>Day of receipt</translation>
    </message>
    <message>
        <source>Ngày đầu sau ngày cuối. Đổi lại hai ngày.</source>
        <translation>The first day is after the last. Swap the two.</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Từ ngày</source>
        <translation>From</translation>
    </message>
    <message>
        <source>Đến ngày</source>
        <translation>To</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>&amp;Họ và tên *</source>
        <translation>Full &amp;name *</translation>
    </message>
    <message>
        <source>&amp;Tên tổ chức *</source>
        <translation>&amp;Name of the organisation *</translation>
    </message>
    <message>
        <source>Giới tính</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>Hết hạn</source>
        <translation>Expires</translation>
    </message>
    <message>
        <source>Họ và tên *</source>
        <translation>Full name *</translation>
    </message>
    <message>
        <source>Ngày sinh</source>
        <translation>Day of birth</translation>
    </message>
    <message>
        <source>Người đại diện</source>
        <translation>Representative</translation>
    </message>
    <message>
        <source>Quốc tịch</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <source>Số định danh cá nhân</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>Thư điện tử</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Tên tổ chức *</source>
        <translation>Name of the organisation *</translation>
    </message>
    <message>
        <source>chưa ghi</source>
        <translation>not written</translation>
    </message>
    <message>
        <source>không bắt buộc</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>như trên hộ chiếu, họ trước</source>
        <translation>as on the passport, family name first</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Đã kiểm tra trên VNeID</source>
        <translation>Checked on VNeID</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
</context>
<context>
    <name>PicturesCard</name>
    <message>
        <source>Bỏ ảnh</source>
        <translation>Drop the picture</translation>
    </message>
    <message>
        <source>Chưa có ảnh</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>Chọn ảnh chữ ký hoặc con dấu</source>
        <translation>Choose the picture of a signature or a seal</translation>
    </message>
    <message>
        <source>Chọn ảnh…</source>
        <translation>Choose a picture…</translation>
    </message>
    <message>
        <source>Con dấu thật rộng mấy mm ({least}–{most})</source>
        <translation>Real width of the seal in mm ({least}–{most})</translation>
    </message>
    <message>
        <source>Con dấu: {unit}</source>
        <translation>Seal: {unit}</translation>
    </message>
    <message>
        <source>Có ảnh</source>
        <translation>Has a picture</translation>
    </message>
    <message>
        <source>Hiện tên và giờ ký</source>
        <translation>Shows name and time of signing</translation>
    </message>
    <message>
        <source>Như khi in trên giấy</source>
        <translation>As it is printed</translation>
    </message>
    <message>
        <source>rộng {mm} mm</source>
        <translation>{mm} mm wide</translation>
    </message>
    <message>
        <source>Ảnh PNG (*.png)</source>
        <translation>PNG pictures (*.png)</translation>
    </message>
    <message>
        <source>Ảnh PNG nền trong suốt: chữ ký màu xanh, con dấu màu đỏ theo kích thước thật.</source>
        <translation>PNG pictures with a clear background: signatures blue, the seal red in its real size.</translation>
    </message>
    <message>
        <source>Ảnh chữ ký và con dấu</source>
        <translation>Pictures of signatures and seal</translation>
    </message>
    <message>
        <source>Ảnh chữ ký và con dấu của ai</source>
        <translation>Whose pictures</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source> (còn {days} ngày)</source>
        <translation> (days left: {days})</translation>
    </message>
    <message>
        <source>&amp;Mã PIN</source>
        <translation>&amp;PIN</translation>
    </message>
    <message>
        <source>Chỉ còn một lần thử.</source>
        <translation>Only one try is left.</translation>
    </message>
    <message>
        <source>Gõ chữ {word} để xác nhận</source>
        <translation>Type {word} to confirm</translation>
    </message>
    <message>
        <source>Hủy</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Ký</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>Ký số</source>
        <translation>Sign with the token</translation>
    </message>
    <message>
        <source>Ký tay</source>
        <translation>Sign by hand</translation>
    </message>
    <message>
        <source>LẦN CUỐI</source>
        <translation>LAST TRY</translation>
    </message>
    <message>
        <source>Nhập mã PIN trên bàn phím của thẻ sau khi bấm Ký.</source>
        <translation>Press Sign, then type the PIN on the token&apos;s own keys.</translation>
    </message>
    <message>
        <source>Nơi cấp chưa cho biết chứng thư số này có bị thu hồi không; vẫn ký được.</source>
        <translation>Its issuer has not said yet whether this certificate is revoked; you can sign all the same.</translation>
    </message>
    <message>
        <source>Sai lần này thì thẻ bị khóa. Không chắc mã PIN thì chọn Ký tay.</source>
        <translation>A wrong PIN now locks the token. If you are not sure, choose Sign by hand.</translation>
    </message>
    <message>
        <source>Thẻ luyện tập</source>
        <translation>Practice token</translation>
    </message>
    <message>
        <source>Thẻ luyện tập, mã PIN: {pin}</source>
        <translation>Practice token, PIN: {pin}</translation>
    </message>
    <message>
        <source>Thẻ này đòi mã PIN cho từng chữ ký: mỗi lần nhập ký một văn bản.</source>
        <translation>This token wants the PIN for every signature: each time you type it, one document is signed.</translation>
    </message>
    <message>
        <source>Thẻ tự khóa sau nhiều lần sai; nhập cẩn thận.</source>
        <translation>The token locks itself after several wrong tries; type carefully.</translation>
    </message>
    <message>
        <source>{label} · chứng thư số đến {day}</source>
        <translation>{label} · certificate until {day}</translation>
    </message>
    <message>
        <source>Đang ký…</source>
        <translation>Signing…</translation>
    </message>
    <message>
        <source>Đã có lần nhập sai mã PIN.</source>
        <translation>A wrong PIN was typed before.</translation>
    </message>
</context>
<context>
    <name>PrintingCard</name>
    <message>
        <source>In ấn và ngôn ngữ</source>
        <translation>Printing and language</translation>
    </message>
    <message>
        <source>Máy in giấy hẹn (Mẫu 01)</source>
        <translation>Printer for slips (form 01)</translation>
    </message>
    <message>
        <source>Máy in mặc định của máy tính</source>
        <translation>The computer&apos;s default printer</translation>
    </message>
    <message>
        <source>Máy in phiếu bổ sung (Mẫu 02)</source>
        <translation>Printer for supplements (form 02)</translation>
    </message>
    <message>
        <source>Máy in phiếu từ chối (Mẫu 03)</source>
        <translation>Printer for refusals (form 03)</translation>
    </message>
    <message>
        <source>Mỗi loại giấy in ở máy đã chọn, không tự chuyển sang máy khác.</source>
        <translation>Each form goes to the printer chosen for it, never to another.</translation>
    </message>
    <message>
        <source>Ngôn ngữ</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Theo máy tính</source>
        <translation>As the computer says</translation>
    </message>
    <message>
        <source>{printer} (không thấy)</source>
        <translation>{printer} (not found)</translation>
    </message>
</context>
<context>
    <name>ProcedurePicker</name>
    <message>
        <source>Không có thủ tục nào khớp. Thử ít chữ hơn, hoặc gõ mã.</source>
        <translation>No procedure fits. Try fewer letters, or type its code.</translation>
    </message>
    <message>
        <source>Thủ tục tìm thấy</source>
        <translation>Procedures found</translation>
    </message>
    <message>
        <source>Tìm thủ tục: tên, lĩnh vực hoặc mã (không cần dấu)</source>
        <translation>Find a procedure: name, field or code (without accents)</translation>
    </message>
    <message>
        <source>Đổi thủ tục</source>
        <translation>Change procedure</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Bỏ hồ sơ</source>
        <translation>Drop the draft</translation>
    </message>
    <message>
        <source>Bỏ hồ sơ đang nhập “{name}”? Không lấy lại được.</source>
        <translation>Drop the draft “{name}”? It cannot be brought back.</translation>
    </message>
    <message>
        <source>Chọn</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Chọn tệp giấy tờ</source>
        <translation>Choose files of papers</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose file…</translation>
    </message>
    <message>
        <source>Chọn ảnh thẻ căn cước</source>
        <translation>Choose a picture of the card</translation>
    </message>
    <message>
        <source>Cấp lại và in</source>
        <translation>Reissue and print</translation>
    </message>
    <message>
        <source>Cấp lại, lý do:</source>
        <translation>Reissue, because:</translation>
    </message>
    <message>
        <source>Ghi</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>Giấy tờ (*.pdf *.jpg *.jpeg *.png)</source>
        <translation>Papers (*.pdf *.jpg *.jpeg *.png)</translation>
    </message>
    <message>
        <source>In để ký tay</source>
        <translation>Print for the pen</translation>
    </message>
    <message>
        <source>Ký tay, lý do:</source>
        <translation>Sign by hand, because:</translation>
    </message>
    <message>
        <source>Lý do:</source>
        <translation>Reason:</translation>
    </message>
    <message>
        <source>Thêm tệp</source>
        <translation>Add the file</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Đường dẫn tệp:</source>
        <translation>Path of the file:</translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message>
        <source>{words}, {count} đang chờ</source>
        <translation>{words}, {count} waiting</translation>
    </message>
    <message>
        <source>đang mở</source>
        <translation>open now</translation>
    </message>
</context>
<context>
    <name>Reconcile</name>
    <message>
        <source>Còn dở</source>
        <translation>Still open</translation>
    </message>
    <message>
        <source>Không khớp</source>
        <translation>Differs</translation>
    </message>
    <message>
        <source>Khớp</source>
        <translation>Agrees</translation>
    </message>
    <message>
        <source>Số, giấy và sổ khớp nhau; chưa hỏi máy chủ.</source>
        <translation>Number, paper and register agree; the central system was not asked.</translation>
    </message>
    <message>
        <source>Số, giấy, sổ và máy chủ khớp nhau.</source>
        <translation>Number, paper, register and central system agree.</translation>
    </message>
    <message>
        <source>{step} ({owner})</source>
        <translation>{step} ({owner})</translation>
    </message>
</context>
<context>
    <name>ReconcileView</name>
    <message>
        <source>Bấm F5 để đối chiếu số, giấy, sổ và máy chủ của ngày này.</source>
        <translation>Press F5 to hold this day&apos;s numbers, papers, register and central system against each other.</translation>
    </message>
    <message>
        <source>Chép báo cáo</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>Chưa đối chiếu</source>
        <translation>Not reconciled yet</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Hồ sơ trong ngày</source>
        <translation>Dossiers of the day</translation>
    </message>
    <message>
        <source>Không có việc nào</source>
        <translation>Nothing was done</translation>
    </message>
    <message>
        <source>Ngày này quầy không tiếp nhận và không in gì.</source>
        <translation>On this day the counter received nothing and printed nothing.</translation>
    </message>
    <message>
        <source>Ngày đối chiếu</source>
        <translation>Day to reconcile</translation>
    </message>
    <message>
        <source>Sổ số</source>
        <translation>Books</translation>
    </message>
    <message>
        <source>Tiến độ đối chiếu</source>
        <translation>Progress of the reconciliation</translation>
    </message>
    <message>
        <source>chưa hỏi</source>
        <translation>not asked</translation>
    </message>
    <message>
        <source>Đối chiếu</source>
        <translation>Reconcile</translation>
    </message>
    <message>
        <source>Đối chiếu cuối ngày</source>
        <translation>Reconcile the day</translation>
    </message>
</context>
<context>
    <name>RegisterView</name>
    <message>
        <source>Chưa có hồ sơ nào trên máy này. Hồ sơ vừa tiếp nhận sẽ hiện ở đây.</source>
        <translation>No dossier is on this computer yet. What you receive appears here.</translation>
    </message>
    <message>
        <source>Hơn {count}</source>
        <translation>More than {count}</translation>
    </message>
    <message>
        <source>Không có hồ sơ nào khớp cả bộ lọc lẫn chữ đang tìm. Bấm Alt+0 để bỏ lọc, hoặc chọn lại từng mục.</source>
        <translation>No dossier fits both the filters and the words. Alt+0 drops the filters; or choose each anew.</translation>
    </message>
    <message>
        <source>Thử một phần họ tên không dấu, một đoạn mã hồ sơ, vài số cuối của số giấy tờ, số điện thoại hoặc tên thủ tục.</source>
        <translation>Try a part of the name without accents, a piece of the code, the last digits of the paper&apos;s number, the telephone or the procedure.</translation>
    </message>
    <message>
        <source>{code} · không còn giá trị</source>
        <translation>{code} · no longer valid</translation>
    </message>
    <message>
        <source>{count} hồ sơ</source>
        <translation>Dossiers: {count}</translation>
    </message>
    <message>
        <source>{count} hồ sơ khớp bộ lọc</source>
        <translation>Dossiers that fit the filters: {count}</translation>
    </message>
    <message>
        <source>{count} hồ sơ khớp “{text}”</source>
        <translation>Dossiers that fit “{text}”: {count}</translation>
    </message>
    <message>
        <source>{count} hồ sơ khớp “{text}” và bộ lọc</source>
        <translation>Dossiers that fit “{text}” and the filters: {count}</translation>
    </message>
    <message>
        <source>{count} hồ sơ khớp, đang tìm tiếp trong hồ sơ cũ hơn…</source>
        <translation>Dossiers that fit: {count}, still looking through older ones…</translation>
    </message>
    <message>
        <source>Đang tìm…</source>
        <translation>Searching…</translation>
    </message>
</context>
<context>
    <name>ReplyModel</name>
    <message>
        <source>Hồ sơ chưa đủ thành phần theo quy định của thủ tục.</source>
        <translation>The dossier lacks papers that the procedure requires.</translation>
    </message>
    <message>
        <source>Hồ sơ không đủ điều kiện giải quyết theo quy định.</source>
        <translation>The dossier does not fulfil the conditions set by law.</translation>
    </message>
    <message>
        <source>Nội dung hồ sơ chưa đúng theo quy định.</source>
        <translation>What the dossier says is not as the rules require.</translation>
    </message>
    <message>
        <source>Thủ tục chỉ nhận trực tuyến trên Cổng Dịch vụ công quốc gia.</source>
        <translation>The procedure is received online only, at the National Public Service Portal.</translation>
    </message>
    <message>
        <source>Việc này không thuộc thẩm quyền giải quyết của cơ quan.</source>
        <translation>This matter is not within the competence of the office.</translation>
    </message>
</context>
<context>
    <name>ReplyPanel</name>
    <message>
        <source>Căn cứ</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>Dấu cách: yêu cầu hoặc bỏ · Enter: ký và in. Số điện thoại của đơn vị in sẵn trên phiếu.</source>
        <translation>Space: ask for it or not · Enter: sign and print. The office&apos;s telephone is printed on the form.</translation>
    </message>
    <message>
        <source>Giấy tờ yêu cầu bổ sung</source>
        <translation>Papers asked for</translation>
    </message>
    <message>
        <source>Không yêu cầu</source>
        <translation>Not asked for</translation>
    </message>
    <message>
        <source>Lãnh đạo đã đồng ý</source>
        <translation>The leader agreed</translation>
    </message>
    <message>
        <source>Lý do</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Lý do từ chối</source>
        <translation>Reason of the refusal</translation>
    </message>
    <message>
        <source>Lý do yêu cầu thêm lần nữa</source>
        <translation>Why it is asked once more</translation>
    </message>
    <message>
        <source>Mỗi dòng một nội dung, ví dụ: ký lại tờ khai ở trang 2</source>
        <translation>One thing a line, for example: sign the form again on page 2</translation>
    </message>
    <message>
        <source>Nội dung khác cần hoàn thiện</source>
        <translation>What else has to be completed</translation>
    </message>
    <message>
        <source>Nội dung yêu cầu giải quyết</source>
        <translation>What the citizen asks for</translation>
    </message>
    <message>
        <source>Phiếu in xong thì hồ sơ đang nhập được đóng lại; bản quét trên máy này bị xóa.</source>
        <translation>Once the form is printed the draft is closed; its scans on this computer are deleted.</translation>
    </message>
    <message>
        <source>Từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03)</source>
        <translation>Turn the dossier down (Form 03)</translation>
    </message>
    <message>
        <source>Yêu cầu</source>
        <translation>Ask for it</translation>
    </message>
    <message>
        <source>Yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)</source>
        <translation>Ask for what is missing (Form 02)</translation>
    </message>
    <message>
        <source>Điều, khoản, tên văn bản</source>
        <translation>Article, clause, name of the document</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Chưa có hồ sơ nào khớp “{text}”.</source>
        <translation>No dossier fits “{text}”.</translation>
    </message>
    <message>
        <source>Hồ sơ tìm thấy</source>
        <translation>Dossiers found</translation>
    </message>
    <message>
        <source>Mất giấy hẹn: tìm theo tên hoặc số điện thoại, đối chiếu căn cước, đánh dấu Mất giấy hẹn.</source>
        <translation>Slip lost: find it by name or telephone, compare the identity card, tick Slip lost.</translation>
    </message>
    <message>
        <source>Quét mã QR trên giấy hẹn; hoặc gõ mã, họ tên, điện thoại</source>
        <translation>Scan the QR code of the slip; or type code, name, telephone</translation>
    </message>
    <message>
        <source>Tìm hồ sơ</source>
        <translation>Find a dossier</translation>
    </message>
    <message>
        <source>hẹn {due}</source>
        <translation>due {due}</translation>
    </message>
</context>
<context>
    <name>ScanRow</name>
    <message>
        <source>Lấy vào dòng đang chọn</source>
        <translation>Take to this line</translation>
    </message>
    <message>
        <source>Lần quét dở: {n} trang đã lưu · {paper} · F6 quét tiếp</source>
        <translation>Scan not finished: {n} pages saved · {paper} · F6 goes on</translation>
    </message>
    <message>
        <source>Thư mục quét: {n} tệp đang chờ</source>
        <translation>Scan folder: files waiting: {n}</translation>
    </message>
    <message>
        <source>Xong</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Giấy của {code} đang in dở khi chương trình dừng: giấy đã ra chưa?</source>
        <translation>A paper of {code} was being printed when the program stopped: did it come out?</translation>
    </message>
    <message>
        <source>Gửi, nhận dữ liệu</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>Kiểm tra chữ ký</source>
        <translation>Check signatures</translation>
    </message>
    <message>
        <source>Kiểm tra thiết bị</source>
        <translation>Device check</translation>
    </message>
    <message>
        <source>Ký duyệt</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Ký số cơ quan</source>
        <translation>Seal digitally</translation>
    </message>
    <message>
        <source>Ký tệp</source>
        <translation>Sign a file</translation>
    </message>
    <message>
        <source>Sổ theo dõi hồ sơ</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>Thiết lập</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Tiếp nhận hồ sơ</source>
        <translation>Receive dossiers</translation>
    </message>
    <message>
        <source>Trả kết quả</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>Đã chép báo cáo kiểm tra chữ ký; dán vào nơi cần.</source>
        <translation>The report on the signatures is copied; paste it where it is needed.</translation>
    </message>
    <message>
        <source>Đã chép báo cáo kiểm tra; dán vào thư gửi người quản trị.</source>
        <translation>Report copied; paste it into a message to the administrator.</translation>
    </message>
    <message>
        <source>Đã chép báo cáo đối chiếu; dán vào nơi cần.</source>
        <translation>The reconciliation report is copied; paste it where it is needed.</translation>
    </message>
    <message>
        <source>Đã chấm dứt ủy quyền.</source>
        <translation>The delegation is taken back.</translation>
    </message>
    <message>
        <source>Đã cấp giấy hẹn {code}.</source>
        <translation>Slip {code} issued.</translation>
    </message>
    <message>
        <source>Đã cấp mã cho {count} hồ sơ và gửi thông báo tới máy in.</source>
        <translation>{count} dossiers have their codes; the notices went to the printer.</translation>
    </message>
    <message>
        <source>Đã ghi nhật ký mất kết nối vào {name}.</source>
        <translation>The outage log is in {name}.</translation>
    </message>
    <message>
        <source>Đã gửi giấy tới máy in, bản in lần {copy}.</source>
        <translation>Paper sent to the printer, copy {copy}.</translation>
    </message>
    <message>
        <source>Đã ký {count} văn bản.</source>
        <translation>{count} documents signed.</translation>
    </message>
    <message>
        <source>Đã lưu báo cáo: {name}.</source>
        <translation>Report saved: {name}.</translation>
    </message>
    <message>
        <source>Đã lưu phần mềm thẻ. Đóng và mở lại chương trình để ký bằng nó.</source>
        <translation>Token software saved. Close and reopen the program to sign with it.</translation>
    </message>
    <message>
        <source>Đã lưu thiết lập. Đóng và mở lại chương trình để dùng.</source>
        <translation>Settings saved. Close the program and open it again to use them.</translation>
    </message>
    <message>
        <source>Đã lập phiếu từ chối tiếp nhận {code}.</source>
        <translation>Form made: {code} is turned down.</translation>
    </message>
    <message>
        <source>Đã lập phiếu yêu cầu bổ sung {code}.</source>
        <translation>Form made: {code} needs more.</translation>
    </message>
    <message>
        <source>Đã tiếp nhận và trả kết quả {code}.</source>
        <translation>{code} received and returned at once.</translation>
    </message>
    <message>
        <source>Đã tiếp nhận {code}. Giấy hẹn chờ người tiếp nhận ký.</source>
        <translation>{code} is received. Its slip waits for an officer to sign.</translation>
    </message>
    <message>
        <source>Đã trả kết quả {code}.</source>
        <translation>Result of {code} handed over.</translation>
    </message>
    <message>
        <source>Đã trả lại văn bản của {code}.</source>
        <translation>The paper of {code} was given back.</translation>
    </message>
    <message>
        <source>Đã xuất gói chẩn đoán; trong đó không có tên người hay mã PIN.</source>
        <translation>Diagnostic bundle exported; it holds no person&apos;s name and no PIN.</translation>
    </message>
    <message>
        <source>Đã ủy quyền ký duyệt cho {name} đến hết ngày {day}.</source>
        <translation>{name} may approve to the end of {day}.</translation>
    </message>
    <message>
        <source>Đối chiếu cuối ngày</source>
        <translation>Reconcile the day</translation>
    </message>
</context>
<context>
    <name>SendBackRow</name>
    <message>
        <source>Lý do: cán bộ tiếp nhận phải sửa gì</source>
        <translation>Reason: what the officer has to mend</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Trả lại</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>Trả lại, không ký: {person} · {code}</source>
        <translation>Give back unsigned: {person} · {code}</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>&amp;Giữ lại bản gốc trong thư mục sau khi nhận</source>
        <translation>&amp;Keep the files in the folder once taken</translation>
    </message>
    <message>
        <source>Bỏ</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Bỏ thay đổi</source>
        <translation>Drop changes</translation>
    </message>
    <message>
        <source>Chưa có. Cài phần mềm của nhà cung cấp thẻ, rồi chọn tệp thư viện của nó.</source>
        <translation>None yet. Install the software of the token&apos;s vendor, then choose its library file.</translation>
    </message>
    <message>
        <source>Chọn thư mục máy quét ghi vào</source>
        <translation>Choose the folder the scanner writes to</translation>
    </message>
    <message>
        <source>Chọn thư mục…</source>
        <translation>Choose folder…</translation>
    </message>
    <message>
        <source>Chọn thư viện PKCS#11</source>
        <translation>Choose a PKCS#11 library</translation>
    </message>
    <message>
        <source>Chọn thư viện…</source>
        <translation>Choose a library…</translation>
    </message>
    <message>
        <source>Còn {count} chỗ cần sửa trước khi lưu.</source>
        <translation>To be mended before saving: {count}.</translation>
    </message>
    <message>
        <source>Có thay đổi chưa lưu.</source>
        <translation>Changes not saved yet.</translation>
    </message>
    <message>
        <source>Cần sửa</source>
        <translation>Needs mending</translation>
    </message>
    <message>
        <source>Do máy chủ trung tâm cấp khi đăng ký máy.</source>
        <translation>Given by the central system when this computer was enrolled.</translation>
    </message>
    <message>
        <source>Dùng được</source>
        <translation>Usable</translation>
    </message>
    <message>
        <source>In ở đầu giấy hẹn và các văn bản của quầy.</source>
        <translation>Printed at the head of slips and other documents of the counter.</translation>
    </message>
    <message>
        <source>Không thấy máy quét nào. Bật máy quét, xem lại dây nối rồi tìm lại.</source>
        <translation>No scanner is there. Switch it on, look at its cable, and search again.</translation>
    </message>
    <message>
        <source>Kết nối và thiết bị</source>
        <translation>Connection and devices</translation>
    </message>
    <message>
        <source>Lưu thiết lập</source>
        <translation>Save settings</translation>
    </message>
    <message>
        <source>Máy quét</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Mã cơ quan</source>
        <translation>Agency code</translation>
    </message>
    <message>
        <source>Phần mềm thẻ ký số</source>
        <translation>Token software</translation>
    </message>
    <message>
        <source>Phần mềm thẻ ký số (PKCS#11)</source>
        <translation>Token software (PKCS#11)</translation>
    </message>
    <message>
        <source>Thay đổi có hiệu lực từ lần mở chương trình sau.</source>
        <translation>Changes count from the next start of the program.</translation>
    </message>
    <message>
        <source>Thư mục máy quét mạng ghi vào</source>
        <translation>Folder a network scanner writes to</translation>
    </message>
    <message>
        <source>Thư viện PKCS#11 (*.dll *.so *.so.* *.dylib)</source>
        <translation>PKCS#11 library (*.dll *.so *.so.* *.dylib)</translation>
    </message>
    <message>
        <source>Thấy {count} máy quét; mở danh sách để chọn.</source>
        <translation>Scanners found: {count}; open the list to choose.</translation>
    </message>
    <message>
        <source>Tên quầy</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>Tên đơn vị</source>
        <translation>Name of the office</translation>
    </message>
    <message>
        <source>Tìm máy quét</source>
        <translation>Find scanners</translation>
    </message>
    <message>
        <source>Điện thoại</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>Đơn vị</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Đơn vị chủ quản</source>
        <translation>Superior office</translation>
    </message>
    <message>
        <source>Địa chỉ</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Địa chỉ máy chủ trung tâm</source>
        <translation>Address of the central system</translation>
    </message>
    <message>
        <source>Địa danh ghi ngày tháng</source>
        <translation>Place beside the date</translation>
    </message>
</context>
<context>
    <name>SettlePanel</name>
    <message>
        <source>Chọn bên cho từng mục</source>
        <translation>Choose a side for each</translation>
    </message>
    <message>
        <source>Cấp giấy theo bên đã chọn</source>
        <translation>Issue the chosen side</translation>
    </message>
    <message>
        <source>Dữ liệu nhận về không khớp</source>
        <translation>Data received does not fit</translation>
    </message>
    <message>
        <source>Giữ dữ liệu đang có hiệu lực</source>
        <translation>Keep what counts now</translation>
    </message>
    <message>
        <source>Lý do chọn</source>
        <translation>Why this side</translation>
    </message>
    <message>
        <source>Mở hồ sơ</source>
        <translation>Open the dossier</translation>
    </message>
    <message>
        <source>Đã xem</source>
        <translation>Seen</translation>
    </message>
    <message>
        <source>Đã xử lý</source>
        <translation>Dealt with</translation>
    </message>
    <message>
        <source>Đã xử lý thế nào</source>
        <translation>How it was dealt with</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>Bị trả lại</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>Chưa chọn thủ tục</source>
        <translation>No procedure chosen</translation>
    </message>
    <message>
        <source>Chưa có hồ sơ nào dở dang.</source>
        <translation>Nothing is left unfinished.</translation>
    </message>
    <message>
        <source>Chưa ký</source>
        <translation>Not signed</translation>
    </message>
    <message>
        <source>Chờ bổ sung</source>
        <translation>More asked for</translation>
    </message>
    <message>
        <source>Giao cho người khác</source>
        <translation>Hand to a colleague</translation>
    </message>
    <message>
        <source>Hồ sơ mới</source>
        <translation>New dossier</translation>
    </message>
    <message>
        <source>Hồ sơ đang nhập</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>Không có hồ sơ đang nhập nào khớp.</source>
        <translation>No draft fits.</translation>
    </message>
    <message>
        <source>Mới</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Tìm tên, số, thủ tục (F2)</source>
        <translation>Find name, number, procedure (F2)</translation>
    </message>
    <message>
        <source>của {name}</source>
        <translation>{name}&apos;s</translation>
    </message>
    <message>
        <source>Đang mở</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Đang nhập</source>
        <translation>Drafts</translation>
    </message>
</context>
<context>
    <name>SignFile</name>
    <message>
        <source>Chưa có dấu thời gian.</source>
        <translation>It has no time-stamp yet.</translation>
    </message>
    <message>
        <source>Chữ ký của lãnh đạo, ở trang cuối</source>
        <translation>The leader’s signature, on the last page</translation>
    </message>
    <message>
        <source>Dấu cơ quan, sau chữ ký của lãnh đạo</source>
        <translation>The agency’s seal, after the leader’s signature</translation>
    </message>
    <message>
        <source>Ký phê duyệt</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Nằm trong thư mục {folder}. Tệp cũ vẫn nguyên.</source>
        <translation>It lies in folder {folder}. The old file is as it was.</translation>
    </message>
    <message>
        <source>Phát hành, đóng dấu số</source>
        <translation>Issue, seal</translation>
    </message>
    <message>
        <source>Sao lục</source>
        <translation>Copy of a copy</translation>
    </message>
    <message>
        <source>Sao văn bản</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Sao y</source>
        <translation>Whole copy</translation>
    </message>
    <message>
        <source>Sao y, sao lục, trích sao; góc trên phải trang nhất</source>
        <translation>Whole copy, copy of a copy, extract; top right of the first page</translation>
    </message>
    <message>
        <source>Số đến, ngày đến, ở đầu trang nhất</source>
        <translation>Number and day of arrival, at the top of the first page</translation>
    </message>
    <message>
        <source>Trích sao</source>
        <translation>Extract</translation>
    </message>
    <message>
        <source>Văn bản đến</source>
        <translation>Incoming document</translation>
    </message>
    <message>
        <source>Đã ký: {name}</source>
        <translation>Signed: {name}</translation>
    </message>
</context>
<context>
    <name>SignFileView</name>
    <message>
        <source>Chưa chọn tệp</source>
        <translation>No file chosen</translation>
    </message>
    <message>
        <source>Chọn</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Chọn tệp PDF để ký</source>
        <translation>Choose a PDF file to sign</translation>
    </message>
    <message>
        <source>Chọn tệp PDF, hoặc kéo tệp thả vào đây. Bản đã ký nằm cạnh tệp cũ, tệp cũ giữ nguyên.</source>
        <translation>Choose a PDF file, or drop one here. The signed one lies beside the old one, which stays as it is.</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose a file…</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Hình thức sao</source>
        <translation>Kind of copy</translation>
    </message>
    <message>
        <source>Kiểm tra chữ ký</source>
        <translation>Check signatures</translation>
    </message>
    <message>
        <source>Ký tệp này</source>
        <translation>Sign this file</translation>
    </message>
    <message>
        <source>Mở thư mục</source>
        <translation>Open the folder</translation>
    </message>
    <message>
        <source>Số đến</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Trang sẽ ký; mũi tên dời chỗ ký</source>
        <translation>Page to sign; the arrows move the sign</translation>
    </message>
    <message>
        <source>Trang {page}/{pages}. Mũi tên: dời chỗ ký 5 mm (Shift: 1 mm). PgUp, PgDn: sang trang khác.</source>
        <translation>Page {page}/{pages}. Arrows: move the sign by 5 mm (Shift: 1 mm). PgUp, PgDn: another page.</translation>
    </message>
    <message>
        <source>Tệp PDF (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>Việc cần làm với tệp</source>
        <translation>What to do with the file</translation>
    </message>
    <message>
        <source>{count} trang</source>
        <translation>{count} pages</translation>
    </message>
    <message>
        <source>Đang làm việc với tệp</source>
        <translation>Working on the file</translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message>
        <source>{number}. {sentence}</source>
        <translation>{number}. {sentence}</translation>
    </message>
</context>
<context>
    <name>SlipModel</name>
    <message>
        <source>Không dùng được thẻ ký số</source>
        <translation>Signing token cannot be used</translation>
    </message>
    <message>
        <source>Không thấy thẻ ký số</source>
        <translation>No signing token</translation>
    </message>
    <message>
        <source>Nhập sai mã PIN</source>
        <translation>Wrong PIN</translation>
    </message>
    <message>
        <source>Thẻ ký số bị khóa</source>
        <translation>Signing token locked</translation>
    </message>
    <message>
        <source>Thẻ ký số gặp lỗi</source>
        <translation>Signing token failed</translation>
    </message>
    <message>
        <source>bạn</source>
        <translation>you</translation>
    </message>
</context>
<context>
    <name>SlipPanel</name>
    <message>
        <source>Cán bộ tiếp nhận đã ký số</source>
        <translation>Signed by the officer</translation>
    </message>
    <message>
        <source>Giấy hẹn đã cấp, chưa in được</source>
        <translation>Slip issued, not printed</translation>
    </message>
    <message>
        <source>Hẹn trả {time}</source>
        <translation>Due {time}</translation>
    </message>
    <message>
        <source>Hồ sơ đã có mã và đã lưu. F9: ký và in giấy hẹn · F8: ký tay.</source>
        <translation>The dossier has its code and is saved. F9: sign and print the slip · F8: sign by hand.</translation>
    </message>
    <message>
        <source>In để ký tay</source>
        <translation>Print for the pen</translation>
    </message>
    <message>
        <source>Người nhận: {receiver}</source>
        <translation>Receiver: {receiver}</translation>
    </message>
    <message>
        <source>Số tạm: vẫn dùng được trên giấy hẹn; mã chính thức có khi nối lại máy chủ.</source>
        <translation>Provisional code: it holds on the slip; the final one comes with the connection.</translation>
    </message>
    <message>
        <source>bản in lần {n}</source>
        <translation>copy {n}</translation>
    </message>
    <message>
        <source>cấp lần {n}, thay giấy trước</source>
        <translation>issue {n}, replaces the former paper</translation>
    </message>
    <message>
        <source>hồ sơ chờ ở danh sách bên trái, F2 tìm theo tên</source>
        <translation>the dossier waits in the list on the left, F2 finds it by name</translation>
    </message>
    <message>
        <source>{n} phím từ phím đầu tiên đến giấy hẹn</source>
        <translation>{n} keys from the first one to the slip</translation>
    </message>
    <message>
        <source>{paper}, chưa in được</source>
        <translation>{paper}, not printed</translation>
    </message>
    <message>
        <source>Đang in…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>Đang ký…</source>
        <translation>Signing…</translation>
    </message>
    <message>
        <source>Đang tiếp nhận…</source>
        <translation>Receiving…</translation>
    </message>
    <message>
        <source>Đã cấp giấy hẹn</source>
        <translation>Slip issued</translation>
    </message>
    <message>
        <source>Đã lập phiếu từ chối tiếp nhận</source>
        <translation>Turned down</translation>
    </message>
    <message>
        <source>Đã lập phiếu yêu cầu bổ sung, hoàn thiện</source>
        <translation>More asked for</translation>
    </message>
    <message>
        <source>Đã tiếp nhận và trả kết quả</source>
        <translation>Received and returned at once</translation>
    </message>
    <message>
        <source>Đã tiếp nhận, chưa ký giấy hẹn</source>
        <translation>Received, slip not signed</translation>
    </message>
</context>
<context>
    <name>SlipPreview</name>
    <message>
        <source>Giấy đã cấp</source>
        <translation>Paper issued</translation>
    </message>
    <message>
        <source>In lại</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>Kiểm tra chữ ký</source>
        <translation>Check signatures</translation>
    </message>
    <message>
        <source>Trang {number}</source>
        <translation>Page {number}</translation>
    </message>
    <message>
        <source>Đóng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>StageSteps</name>
    <message>
        <source>Ký cấp lại giấy hẹn {code}</source>
        <translation>Sign reissued slip {code}</translation>
    </message>
    <message>
        <source>Ký giấy hẹn {code}</source>
        <translation>Sign slip {code}</translation>
    </message>
    <message>
        <source>Ký phiếu từ chối tiếp nhận</source>
        <translation>Sign the refusal</translation>
    </message>
    <message>
        <source>Ký phiếu yêu cầu bổ sung, hoàn thiện</source>
        <translation>Sign the request</translation>
    </message>
</context>
<context>
    <name>TodoPanel</name>
    <message>
        <source>Còn {n} việc trước khi in giấy hẹn</source>
        <translation>Left before the slip: {n}</translation>
    </message>
    <message>
        <source>Còn {n} việc trước khi tiếp nhận</source>
        <translation>Left before it is received: {n}</translation>
    </message>
    <message>
        <source>Từ chối</source>
        <translation>Turn down</translation>
    </message>
    <message>
        <source>Yêu cầu bổ sung</source>
        <translation>Ask for more</translation>
    </message>
</context>
<context>
    <name>TokenView</name>
    <message>
        <source>Bấm F5 để kiểm tra thẻ; không cần mã PIN.</source>
        <translation>Press F5 to check the token; no PIN is needed.</translation>
    </message>
    <message>
        <source>Chưa kiểm tra</source>
        <translation>Not checked yet</translation>
    </message>
    <message>
        <source>Chọn thư viện PKCS#11</source>
        <translation>Choose PKCS#11 library</translation>
    </message>
    <message>
        <source>Chọn thư viện PKCS#11…</source>
        <translation>Choose PKCS#11 library…</translation>
    </message>
    <message>
        <source>Cài phần mềm của nhà cung cấp thẻ rồi tìm lại, hoặc bấm F6 để chọn tệp thư viện.</source>
        <translation>Install the token vendor&apos;s software and search again, or press F6 to choose the library file.</translation>
    </message>
    <message>
        <source>Danh sách nhà cung cấp kiểm ngày {day}.</source>
        <translation>List of vendors checked on {day}.</translation>
    </message>
    <message>
        <source>Dùng phần mềm này</source>
        <translation>Use this software</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Gói chẩn đoán (*.zip)</source>
        <translation>Diagnostic bundle (*.zip)</translation>
    </message>
    <message>
        <source>Không tìm thấy phần mềm thẻ nào</source>
        <translation>No token software found</translation>
    </message>
    <message>
        <source>Kiểm tra lại</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Kiểm tra thiết bị</source>
        <translation>Check equipment</translation>
    </message>
    <message>
        <source>Kiểm tra thẻ</source>
        <translation>Check token</translation>
    </message>
    <message>
        <source>Kết quả kiểm tra thẻ</source>
        <translation>What the token check found</translation>
    </message>
    <message>
        <source>Phần mềm thẻ trên máy này</source>
        <translation>Token software on this computer</translation>
    </message>
    <message>
        <source>Thư viện PKCS#11 (*.dll *.so *.so.* *.dylib)</source>
        <translation>PKCS#11 library (*.dll *.so *.so.* *.dylib)</translation>
    </message>
    <message>
        <source>Tiến độ kiểm tra</source>
        <translation>Progress of the check</translation>
    </message>
    <message>
        <source>Tìm phần mềm thẻ…</source>
        <translation>Find token software…</translation>
    </message>
    <message>
        <source>Xuất gói chẩn đoán</source>
        <translation>Export diagnostic bundle</translation>
    </message>
    <message>
        <source>Xuất gói chẩn đoán…</source>
        <translation>Export diagnostic bundle…</translation>
    </message>
</context>
<context>
    <name>TwinDesk</name>
    <message>
        <source>Đã có hồ sơ {code} cùng thủ tục ({status}, {day}): xem lại ở Ctrl+2.</source>
        <translation>Dossier {code} of the same procedure is under way ({status}, {day}): see Ctrl+2.</translation>
    </message>
    <message>
        <source>Đã có hồ sơ {code} cùng thủ tục do bạn tiếp nhận: hỏi người tiếp nhận của quầy.</source>
        <translation>You received dossier {code} of the same procedure, still under way: ask an officer of the counter.</translation>
    </message>
    <message>
        <source>Đã có hồ sơ {code} cùng thủ tục: hỏi {name} trước khi tiếp nhận.</source>
        <translation>Dossier {code} of the same procedure is under way: ask {name} before receiving.</translation>
    </message>
</context>
<context>
    <name>UnlockView</name>
    <message>
        <source>&amp;Cán bộ</source>
        <translation>&amp;Officer</translation>
    </message>
    <message>
        <source>&amp;Mật khẩu</source>
        <translation>&amp;Passphrase</translation>
    </message>
    <message>
        <source>Chế độ luyện tập</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>Cần đăng nhập hệ thống</source>
        <translation>Sign in first</translation>
    </message>
    <message>
        <source>Hạn mở quầy không cần đăng nhập đã hết lúc {time}.</source>
        <translation>Unlocking without a sign-in ended at {time}.</translation>
    </message>
    <message>
        <source>Hạn mở quầy không cần đăng nhập: {time}.</source>
        <translation>You may unlock without a sign-in until {time}.</translation>
    </message>
    <message>
        <source>Mật khẩu đã điền sẵn, bấm Enter để vào.</source>
        <translation>The passphrase is filled in: press Enter.</translation>
    </message>
    <message>
        <source>Mở quầy</source>
        <translation>Open the counter</translation>
    </message>
    <message>
        <source>Nhập mật khẩu của quầy để mở.</source>
        <translation>Type the passphrase of the counter to unlock.</translation>
    </message>
    <message>
        <source>Quầy Một Cửa</source>
        <translation>Quay Mot Cua</translation>
    </message>
    <message>
        <source>Sắp phải đăng nhập hệ thống</source>
        <translation>A sign-in is due soon</translation>
    </message>
    <message>
        <source>Thôi, không đăng nhập nữa</source>
        <translation>Do not sign in</translation>
    </message>
    <message>
        <source>Đang chờ trình duyệt</source>
        <translation>Waiting for the browser</translation>
    </message>
    <message>
        <source>Đang mở quầy…</source>
        <translation>Opening the counter…</translation>
    </message>
    <message>
        <source>Đã đăng nhập hệ thống</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>Đăng nhập hệ thống</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Đăng nhập ở cửa sổ trình duyệt vừa mở, rồi quay lại đây.</source>
        <translation>Sign in at the browser window that has just opened, then come back here.</translation>
    </message>
</context>
<context>
    <name>Verify</name>
    <message>
        <source>Hợp lệ</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>Hợp lệ, cần xem</source>
        <translation>Valid, to look at</translation>
    </message>
    <message>
        <source>KHÔNG hợp lệ</source>
        <translation>NOT valid</translation>
    </message>
    <message>
        <source>Không có chữ ký</source>
        <translation>No signature</translation>
    </message>
    <message>
        <source>cần xem</source>
        <translation>to look at</translation>
    </message>
    <message>
        <source>sai</source>
        <translation>wrong</translation>
    </message>
    <message>
        <source>đúng</source>
        <translation>right</translation>
    </message>
    <message>
        <source>để biết</source>
        <translation>to know</translation>
    </message>
</context>
<context>
    <name>VerifyView</name>
    <message>
        <source>Bấm Esc để dừng.</source>
        <translation>Press Esc to stop.</translation>
    </message>
    <message>
        <source>Chép báo cáo</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>Chưa biết chữ ký trong tệp này có đúng không.</source>
        <translation>It is not known whether the signatures in this file are right.</translation>
    </message>
    <message>
        <source>Chưa biết chữ ký trong tệp này có đúng không. Bấm Ctrl+O để chọn lại.</source>
        <translation>It is not known whether the signatures in this file are right. Press Ctrl+O to choose again.</translation>
    </message>
    <message>
        <source>Chọn</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Chọn một tệp PDF, hoặc kéo tệp thả vào đây: ai ký, lúc nào, sau đó có gì bị sửa. Không dùng mạng; tệp không được lưu lại.</source>
        <translation>Choose a PDF file, or drop one here: who signed, when, what was changed since. No network is used; the file is not kept.</translation>
    </message>
    <message>
        <source>Chọn tệp PDF có chữ ký số</source>
        <translation>Choose a PDF file with digital signatures</translation>
    </message>
    <message>
        <source>Chọn tệp…</source>
        <translation>Choose file…</translation>
    </message>
    <message>
        <source>Dừng</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Không kiểm tra được</source>
        <translation>Could not be checked</translation>
    </message>
    <message>
        <source>Kiểm tra chữ ký số trên tệp PDF</source>
        <translation>Check the digital signatures of a PDF file</translation>
    </message>
    <message>
        <source>Lưu</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Lưu báo cáo kiểm tra chữ ký</source>
        <translation>Save the report on the signatures</translation>
    </message>
    <message>
        <source>Lưu báo cáo…</source>
        <translation>Save the report…</translation>
    </message>
    <message>
        <source>Nhờ người quản trị chép chứng thư gốc vào máy này, rồi kiểm tra lại tệp.</source>
        <translation>Ask the administrator to copy the root certificates to this computer, then check the file again.</translation>
    </message>
    <message>
        <source>Quầy này chưa tin cậy nơi cấp chứng thư nào.</source>
        <translation>This counter trusts no certificate authority yet.</translation>
    </message>
    <message>
        <source>Số liệu kỹ thuật</source>
        <translation>Technical figures</translation>
    </message>
    <message>
        <source>Thôi</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Tệp PDF (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>Từng chữ ký số</source>
        <translation>Each digital signature</translation>
    </message>
    <message>
        <source>Văn bản (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>Đang kiểm tra chữ ký</source>
        <translation>Signatures are being checked</translation>
    </message>
    <message>
        <source>Đang kiểm tra…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>Đã dừng</source>
        <translation>Stopped</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>Chưa có hồ sơ nào chờ gửi.</source>
        <translation>No dossier waits to be sent.</translation>
    </message>
    <message>
        <source>Mất kết nối từ {since} – vẫn tiếp nhận bình thường.</source>
        <translation>Not connected since {since} – go on receiving as usual.</translation>
    </message>
    <message>
        <source>Quầy {counter}</source>
        <translation>Counter {counter}</translation>
    </message>
    <message>
        <source>Thử kết nối lại</source>
        <translation>Try to connect</translation>
    </message>
    <message>
        <source>{count} hồ sơ đã lưu an toàn trên máy này, sẽ tự gửi khi có mạng.</source>
        <translation>Dossiers safe on this computer, sent once the network is back: {count}.</translation>
    </message>
    <message>
        <source>Đang thử…</source>
        <translation>Trying…</translation>
    </message>
    <message>
        <source>Đã đọc</source>
        <translation>Got it</translation>
    </message>
</context>
</TS>
