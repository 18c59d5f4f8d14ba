"""Makes an experiment on the MLflow that MLFLOW_TRACKING_URI names, logs a metric and a file, and prints them as read back."""

import mlflow

experiment = mlflow.create_experiment("through the tunnel")
with mlflow.start_run(experiment_id=experiment) as run:
    for step, loss in enumerate([0.5, 0.25]):
        mlflow.log_metric("loss", loss, step=step)
    mlflow.log_text("hello", "greeting.txt")

client = mlflow.MlflowClient()
print([point.value for point in client.get_metric_history(run.info.run_id, "loss")])
print(mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/greeting.txt"))
