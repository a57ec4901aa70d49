"""Names that are used from outside Python's sight: by Qt, FastAPI, pyHanko, alembic, or that are data."""
# ruff: noqa: B018, F821 - a list of names for vulture, never run

# Qt calls these
columnCount
headerData
minimumSizeHint
dragEnterEvent
dragMoveEvent
dragLeaveEvent
dropEvent
startDrag
mousePressEvent
mouseMoveEvent
contextMenuEvent

# pyHanko calls these
async_sign
async_sign_raw
digest_algorithm
dry_run
system_time
_update_meta

# pikepdf writes these into the PDF
OutputIntents
Lang
ViewerPreferences

# openpyxl writes these into the spreadsheet
fill
alignment
freeze_panes
number_format

# FastAPI routes, and what the operator of central calls from outside
offer_entries
read_feed
read_entry
read_authors
read_unit
read_published
read_day
have_files
file_offset
get_file
revoke

# Windows reads it
process_memory

# alembic and the database driver read these
down_revision
branch_labels
depends_on
isolation_level

# values that are told to people or kept in a file, and read back by tests
as_of
hours_source
hours_confirmed
manufacturer
token_serial
revocation
files_sent
chain_is_ahead
PROOF
BOLD_ITALIC

# the style sheet's template reads it by name
border

# bench asks the token's process for its own cost
cpu_nanoseconds

# rules of law, kept with their tests: first asked when fees are taken at the counter
copies_fee
dong_in_words

# the whole applicant judged at once; the window judges field by field, by the same rules
applicant_warnings

# requests reads these
trust_env
max_redirects
proxies
cert_verify
cert_reqs
cert

# named on the command line
RESULT

# the command line finds these by name
import_sheet
sync
journal_verify
doctor

# uvicorn finds it by name, in each worker of central
worker
device_code
officer_code
this_device
this_officer

# the listener of a sign-in: http.server reads these
daemon_threads
block_on_close
allow_reuse_address
do_GET
log_message

# FastAPI routes of the sign-in
configuration
ask_for_password
take_password
give_word

# the window finds these by name, late
SignIn
sign_in_due

# commands by the same name as what they call
extend_days
sign_in
