"""A nightly run by Airflow 2.8 or newer: carry it, then ask what became of it.

Variables of Airflow: inclusion_home (the project, built), inclusion_config (settings of the country), inclusion_output
(output.path there), inclusion_submit_options (options of scripts/submit, as "--master yarn --deploy-mode cluster").
The task `carry` may be green while the run failed, so `status` decides: its exit status is the run's own. Airflow's
SparkSubmitOperator is not used: on a standalone cluster it asks for the driver's state with a command that no Spark has
answered for years, and on none does it know our exit status.
"""

import pendulum
from airflow.decorators import dag
from airflow.operators.bash import BashOperator
from airflow.utils.trigger_rule import TriggerRule

HOME = "{{ var.value.inclusion_home }}"
ENVIRONMENT = {
    "INCLUSION_HOME": HOME,
    "INCLUSION_CONFIG": "{{ var.value.inclusion_config }}",
    "INCLUSION_OUTPUT": "{{ var.value.inclusion_output }}",
    "INCLUSION_SUBMIT_OPTIONS": "{{ var.value.get('inclusion_submit_options', '') }}",
    # The same for each try of a night: a later try goes on where an earlier one ended.
    "INCLUSION_ATTEMPT": "{{ ds }}",
}


@dag(
    dag_id="inclusion_maps",
    schedule="30 1 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["inclusion-maps"],
)
def inclusion_maps():
    carry = BashOperator(
        task_id="carry",
        bash_command='"$INCLUSION_HOME/conf/cluster/nightly" ',  # the space: else Airflow looks for a template
        env=ENVIRONMENT,
        append_env=True,
        skip_on_exit_code=None,
        retries=2,
        retry_delay=pendulum.duration(minutes=15),
        execution_timeout=pendulum.duration(hours=12),
    )
    status = BashOperator(
        task_id="status",
        bash_command=(
            '"$INCLUSION_HOME/scripts/inclusion" status --output "$INCLUSION_OUTPUT" --attempt "$INCLUSION_ATTEMPT" '
        ),
        env=ENVIRONMENT,
        append_env=True,
        skip_on_exit_code=None,
        trigger_rule=TriggerRule.ALL_DONE,
        retries=0,
    )
    carry >> status


inclusion_maps()
