"""Run by alembic: uses the connection and the transaction of `sync.central.database`."""

from alembic import context

from sync.central.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
