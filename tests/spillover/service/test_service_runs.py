"""Runs as use cases: asked, worked, followed, cancelled, failed, taken up again, published, compared, removed."""

from uuid import uuid4

import pytest

from clarion.access.store.models import LogEntry
from clarion.errors import BusyError, InputError, NotAllowed, ScenarioError, UnknownName
from clarion.spillover.models import Answer, Run
from clarion.spillover.service import runs
from clarion.spillover.service.comparison import compared, comparison_sentence
from clarion.spillover.service.jobs import answer_run, take_up_again
from clarion.spillover.service.results import Result
from clarion.spillover.service.scenarios import shipped_text
from clarion.spillover.service.tables import SEED

TEXT = shipped_text("kazakhstan-wheat-export-ban")


@pytest.fixture
def analyst(account):
    return account("analyst").actor


def work(run):
    answer_run.func(str(run.pk))
    run.refresh_from_db()
    return run


def begin(actor, text, **asked):
    """A run of a published yearly rule; those by month have tests of their own."""
    return runs.start(actor, text, **{"rule": "pta"} | asked)


def test_a_run_from_start_to_answer(analyst, monkeypatch):
    run = begin(analyst, TEXT, draws=20)
    assert (run.status, run.seed, run.trade, run.rule) == ("waiting", SEED, "corrected", "pta")
    with pytest.raises(BusyError, match="no answer yet"):
        runs.answer(run)
    steps = []
    update = type(Run.objects.all()).update

    def spy(query, **fields):
        steps.append(fields.get("progress"))
        return update(query, **fields)

    monkeypatch.setattr(type(Run.objects.all()), "update", spy)
    run = work(run)
    assert (run.status, run.progress) == ("done", 1.0)
    assert run.finished_at
    seen = [s for s in steps if s is not None]
    assert seen == sorted(seen), "progress never goes back"
    answer = runs.answer(run)
    assert "not a forecast" in answer["statement"].lower()
    assert [e.action for e in LogEntry.objects.all()] == ["started a run", "opened an account"]


def test_the_job_is_queued_when_the_start_is_kept(analyst, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = begin(analyst, TEXT, draws=20)
        assert queued == []
    assert queued == [str(run.pk)]


def test_the_same_seed_gives_the_same_answer(analyst):
    one, two = (work(begin(analyst, TEXT, draws=20)) for _ in range(2))
    assert runs.answer(one) == runs.answer(two)
    other = work(begin(analyst, TEXT, draws=20, seed=7))
    assert runs.answer(other) != runs.answer(one)


def test_a_run_keeps_its_own_copy_of_the_scenario(analyst):
    from clarion.spillover.service import scenarios

    own = scenarios.save(analyst, TEXT)
    run = begin(analyst, own.text, draws=20)
    scenarios.save(analyst, TEXT.replace("KAZ", "RUS"), own.pk)
    scenarios.remove(analyst, own.pk)
    assert 'exporter = "KAZ"' in work(run).text
    assert run.status == "done"


@pytest.mark.parametrize("role", ["officer", "viewer"])
def test_who_may_run(account, role):
    with pytest.raises(NotAllowed, match="role"):
        begin(account(role).actor, TEXT)
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"draws": 5001}, "too many"), ({"draws": 1}, "draws"), ({"draws": -3}, "draws"), ({"rule": "x"}, "rule"),
     ({"trade": "x"}, "trade")],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_starts_nothing(analyst, wrong, said):
    with pytest.raises(InputError, match=said):
        begin(analyst, TEXT, **wrong)
    with pytest.raises(ScenarioError):
        begin(analyst, "nonsense")
    assert not Run.objects.exists()


def test_five_may_wait(analyst, account):
    waiting = [begin(analyst, TEXT, draws=20) for _ in range(runs.MOST_WAITING)]
    with pytest.raises(BusyError, match="runs waiting: 5"):
        begin(analyst, TEXT, draws=20)
    begin(account("operator").actor, TEXT, draws=20)  # somebody else's queue is their own
    runs.cancel(analyst, waiting[0].pk)
    begin(analyst, TEXT, draws=20)


class TestCancel:
    def test_while_waiting(self, analyst):
        run = runs.cancel(analyst, begin(analyst, TEXT, draws=20).pk)
        assert run.status == "cancelled"
        assert work(run).status == "cancelled", "the job that still lies in the queue leaves it alone"
        assert not Answer.objects.exists()

    def test_while_working(self, analyst, monkeypatch):
        from clarion.spillover.engine import simulation

        run = begin(analyst, TEXT, draws=1000)
        whole, done = simulation.simulate, []

        def cancelled_midway(question, tables, runner, seed, progress, stop):
            def step(at, of):
                done.append(at / of)
                progress(at, of)
                if len(done) == 1:
                    assert runs.cancel(analyst, run.pk).status == "running"

            return whole(question, tables, runner, seed, step, stop)

        monkeypatch.setattr(simulation, "simulate", cancelled_midway)
        run = work(run)
        assert run.status == "cancelled"
        assert run.error == {}
        assert done[-1] < 0.5, "it stopped soon, not at its end"
        assert not Answer.objects.exists()

    def test_what_has_ended_stays_as_it_is(self, analyst):
        run = work(begin(analyst, TEXT, draws=20))
        with pytest.raises(BusyError, match="has ended"):
            runs.cancel(analyst, run.pk)
        assert runs.get(analyst, run.pk).status == "done"

    def test_only_ones_own(self, analyst, account):
        run = begin(analyst, TEXT, draws=20)
        with pytest.raises(UnknownName):
            runs.cancel(account("operator").actor, run.pk)


class TestFailure:
    def test_an_error_that_a_person_can_mend_is_told_as_it_is(self, analyst):
        run = work(begin(analyst, TEXT.replace("2019-2021", "1999"), draws=20))
        assert run.status == "failed"
        assert "1999" in run.error["what"]
        assert run.error["next_step"]
        assert runs.told(run)["error"]["code"]

    def test_anything_else_is_told_without_its_words(self, analyst, monkeypatch, caplog):
        from clarion.spillover.engine import simulation

        def broken(*_):
            raise RuntimeError("/home/somebody/secret")

        monkeypatch.setattr(simulation, "simulate", broken)
        run = work(begin(analyst, TEXT, draws=20))
        assert run.status == "failed"
        assert "RuntimeError" in run.error["what"]
        assert "secret" not in str(run.error)
        assert "a run failed" in caplog.text

    def test_a_failed_run_can_be_removed_but_not_published(self, analyst):
        run = work(begin(analyst, TEXT.replace("2019-2021", "1999"), draws=20))
        with pytest.raises(BusyError):
            runs.publish(analyst, run.pk, published=True)
        runs.remove(analyst, run.pk)
        assert not Run.objects.exists()


def test_a_run_is_worked_once(analyst):
    run = begin(analyst, TEXT, draws=20)
    Run.objects.filter(pk=run.pk).update(status="running", progress=0.4)
    assert work(run).progress == 0.4
    answer_run.func(str(uuid4()))  # removed meanwhile: nothing to do


@pytest.fixture
def queued(monkeypatch):
    """Ids of runs that were put in the queue, which nobody works."""
    found = []
    monkeypatch.setattr(type(answer_run), "enqueue", lambda _task, pk: found.append(pk))
    return found


def test_runs_left_half_way_are_taken_up_again(analyst, queued):
    left, waiting, cancelled, done = (begin(analyst, TEXT, draws=20) for _ in range(4))
    Run.objects.filter(pk=left.pk).update(status="running", progress=0.6)
    runs.cancel(analyst, cancelled.pk)
    Run.objects.filter(pk=done.pk).update(status="done", progress=1.0)
    take_up_again()
    assert set(queued) == {str(left.pk), str(waiting.pk)}
    left.refresh_from_db()
    assert (left.status, left.progress) == ("waiting", 0.0)


def test_a_run_that_was_cancelled_as_its_worker_died_stays_cancelled(analyst, queued):
    run = begin(analyst, TEXT, draws=20)
    Run.objects.filter(pk=run.pk).update(status="running", cancel_asked=True)
    take_up_again()
    assert work(run).status == "cancelled"


class TestWhoSees:
    def test_others_runs_look_absent(self, account, finished_run):
        owner, other = account("analyst", "olena"), account("operator")
        run = finished_run(owner)
        with pytest.raises(UnknownName) as hidden:
            runs.get(other.actor, run.pk)
        with pytest.raises(UnknownName) as absent:
            runs.get(other.actor, uuid4())
        assert str(hidden.value) == str(absent.value)
        assert runs.index(other.actor) == []
        for verb in (runs.cancel, runs.remove):
            with pytest.raises(UnknownName):
                verb(other.actor, run.pk)
        with pytest.raises(UnknownName):
            runs.publish(other.actor, run.pk, published=True)

    def test_published_and_taken_back(self, account, finished_run):
        owner, viewer, other = account("analyst", "olena"), account("viewer"), account("analyst", "ivan")
        run = finished_run(owner)
        runs.publish(owner.actor, run.pk, published=True)
        assert runs.get(viewer.actor, run.pk) == run
        assert runs.index(viewer.actor) == [run]
        for verb in (runs.cancel, runs.remove):
            with pytest.raises(NotAllowed, match="somebody else's"):
                verb(other.actor, run.pk)
        with pytest.raises(NotAllowed):
            runs.publish(other.actor, run.pk, published=False)
        runs.publish(owner.actor, run.pk, published=False)
        with pytest.raises(UnknownName):
            runs.get(viewer.actor, run.pk)

    def test_lists_are_light(self, account, finished_run, django_assert_num_queries):
        owner = account("analyst")
        for _ in range(3):
            finished_run(owner)
        with django_assert_num_queries(1):
            assert all(run.title for run in runs.index(owner.actor))


def test_removing_takes_the_answer_with_it_and_waits_for_the_end(analyst):
    run = begin(analyst, TEXT, draws=20)
    with pytest.raises(BusyError, match="not ended"):
        runs.remove(analyst, run.pk)
    work(run)
    runs.remove(analyst, run.pk)
    assert not Run.objects.exists()
    assert not Answer.objects.exists()


class TestCompare:
    def test_a_run_with_itself_and_with_another(self, account, finished_run):
        owner = account("analyst")
        one, two = finished_run(owner), finished_run(owner, "ukraine-harvest-halved")
        nothing = runs.compare(owner.actor, one.pk, one.pk)
        assert all(not c.people["kcal_before_response"].value for c in nothing.countries.values())
        there, back = runs.compare(owner.actor, one.pk, two.pk), runs.compare(owner.actor, two.pk, one.pk)
        for iso3, country in there.countries.items():
            a, b = country.people["kcal_before_response"], back.countries[iso3].people["kcal_before_response"]
            if a.known:
                assert a.value == pytest.approx(-b.value, abs=1e-4)
                assert a.value in a.interval
        rows = compared(Result(runs.answer(one)), Result(runs.answer(two)), there)
        sizes = [abs(r.difference.value) for r in rows]
        assert sizes == sorted(sizes, reverse=True)
        assert min(sizes) >= 1
        assert comparison_sentence(rows, "en").startswith("The largest difference: ")
        assert comparison_sentence([], "en").startswith("The two runs do not differ")

    def test_what_was_kept_compares_as_what_was_worked(self, analyst):
        """Draws are kept in single precision; the difference to fresh ones is far below a kilocalorie."""
        from clarion.compute import Serial
        from clarion.spillover.engine.simulation import ScenarioTables, compare, simulate
        from clarion.spillover.service.ask import scenario_question
        from clarion.spillover.service.tables import warehouse

        asked = {"draws": 20, "trade": "corrected", "rule": "pta"}
        names = ("kazakhstan-wheat-export-ban", "russia-wheat-export-ban")
        held = [begin(analyst, shipped_text(name), **asked) for name in names]
        kept = runs.compare(analyst, *(work(run).pk for run in held))
        tables = ScenarioTables.read(warehouse())
        fresh = compare(*(simulate(scenario_question(r.text, **asked), tables, Serial(), r.seed) for r in held))
        for iso3, country in fresh.countries.items():
            found = country.people["kcal_before_response"]
            if found.known:
                assert kept.countries[iso3].people["kcal_before_response"].value == pytest.approx(found.value, abs=1e-3)

    @pytest.mark.parametrize(
        ("other", "said"),
        [({"seed": 2}, "seed"), ({"draws": 30}, "draws"), ({"rule": "rta"}, "rule"), ({"trade": "raw"}, "trade")],
    )
    def test_unlike_runs_are_refused_with_the_reason(self, account, finished_run, other, said):
        owner = account("analyst")
        one, two = finished_run(owner), finished_run(owner, **other)
        with pytest.raises(InputError) as refused:
            runs.compare(owner.actor, one.pk, two.pk)
        assert said in str(refused.value)

    def test_a_run_without_an_answer(self, account, finished_run):
        owner = account("analyst")
        waiting = begin(owner.actor, TEXT, draws=20)
        with pytest.raises(BusyError):
            runs.compare(owner.actor, finished_run(owner).pk, waiting.pk)

    def test_a_strangers_private_run(self, account, finished_run):
        one, two = finished_run(account("analyst", "a")), finished_run(account("analyst", "b"))
        actor = account("analyst", "c").actor
        with pytest.raises(UnknownName):
            runs.compare(actor, one.pk, two.pk)
