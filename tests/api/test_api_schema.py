"""Requests made up from the schema, hostile ones among them: no server error, and answers as the schema says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from clarion.access.store.secrets import new_token
from clarion.desk.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def bounded(examples):
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.fixture
def one_connection(db):
    """As Django's own test client does: a request must not close the connection of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(account):
    return new_token(account("analyst"), "schemathesis")


@schema.parametrize()
@bounded(12)
def test_as_an_analyst(case, one_connection, token):
    # Packed answers are what browsers ask for; the WSGI client here does not unpack them.
    response = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
    case.validate_response(response, checks=[not_a_server_error, response_schema_conformance, content_type_conformance])
    if response.status_code >= 400 and response.status_code != 405:
        assert response.headers["content-type"][0].startswith("application/problem+json"), response.status_code


@schema.parametrize()
@bounded(3)
def test_as_nobody(case, one_connection):
    response = case.call()
    case.validate_response(response, checks=[not_a_server_error])
    # 404: what was made up for a part of the path made another path of it.
    assert response.status_code in (401, 404, 405), response.status_code
