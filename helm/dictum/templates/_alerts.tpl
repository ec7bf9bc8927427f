{{- /* What an alert or a panel looks at: the pods of this release. */}}
{{- define "dictum.series" -}}
namespace="{{ .Release.Namespace }}", service="{{ include "dictum.named" (list . "admin") }}"
{{- end }}

{{- /* The alerts, each with what to do. */}}
{{- define "dictum.alerts" -}}
{{- $of := include "dictum.series" . -}}
{{- $name := printf "%s/%s" .Release.Namespace (include "dictum.fullname" .) -}}
- alert: DictumAbsent
  expr: absent(dictum_build_info{ {{- $of -}} })
  for: 5m
  labels: {severity: critical}
  annotations:
    summary: {{ $name }} has no pod that answers Prometheus
    description: No pod of {{ $name }} has been scraped for 5 minutes. `kubectl describe` its pods; look at the ServiceMonitor's labels when they are well.
- alert: DictumErrors
  expr: |-
    sum(rate(grpc_server_call_duration_seconds_count{ {{- $of -}} , grpc_status=~"INTERNAL|UNKNOWN|DATA_LOSS"}[5m]))
      / sum(rate(grpc_server_call_duration_seconds_count{ {{- $of -}} }[5m])) > 0.01
  for: 10m
  labels: {severity: critical}
  annotations:
    summary: {{ $name }} fails on {{ "{{ $value | humanizePercentage }}" }} of calls
    description: More than 1 % of calls end in an error of the server's own. Its log lines carry the request ids.
- alert: DictumShedding
  expr: |-
    sum(rate(dictum_shed_total{ {{- $of -}} }[5m]))
      / sum(rate(grpc_server_call_started_total{ {{- $of -}} }[5m])) > 0.01
  for: 10m
  labels: {severity: warning}
  annotations:
    summary: {{ $name }} sheds {{ "{{ $value | humanizePercentage }}" }} of calls
    description: More comes in than the pods can read. Add pods (replicaCount, autoscaling), or have callers send batches.
- alert: DictumSlow
  expr: |-
    histogram_quantile(0.99, sum by (le) (rate(grpc_server_call_duration_seconds_bucket{ {{- $of -}} , grpc_method="dictum.v1.ExtractionService/ExtractFacts"}[5m]))) > {{ .Values.metrics.prometheusRule.slowSeconds }}
  for: 10m
  labels: {severity: warning}
  annotations:
    summary: {{ $name }} takes {{ "{{ $value | humanizeDuration }}" }} for one call of a hundred
    description: Look at the queue's wait and at the CPU; long documents alone do not take this long.
- alert: DictumDeadlines
  expr: |-
    sum(rate(grpc_server_call_duration_seconds_count{ {{- $of -}} , grpc_status="DEADLINE_EXCEEDED"}[5m]))
      / sum(rate(grpc_server_call_duration_seconds_count{ {{- $of -}} }[5m])) > 0.01
  for: 10m
  labels: {severity: warning}
  annotations:
    summary: {{ $name }} misses the deadline of {{ "{{ $value | humanizePercentage }}" }} of calls
    description: Callers ask for answers sooner than the pods can give them, or pods are too few.
- alert: DictumCertificateExpires
  expr: min(dictum_tls_cert_not_after_seconds{ {{- $of -}} } > 0) - time() < 7 * 24 * 3600
  for: 1h
  labels: {severity: critical}
  annotations:
    summary: The certificate of {{ $name }} holds for {{ "{{ $value | humanizeDuration }}" }} only
    description: A renewed Secret is taken up without a restart; it was not renewed.
- alert: DictumReloadFails
  expr: sum(increase(dictum_reloads_total{ {{- $of -}} , result="error"}[30m])) > 0
  labels: {severity: warning}
  annotations:
    summary: {{ $name }} cannot read its new certificate or keys
    description: The old ones stay in use. The log says what is wrong with the Secret.
- alert: DictumMemory
  expr: |-
    max by (pod) (process_resident_memory_bytes{ {{- $of -}} })
      / on (pod) max by (pod) (kube_pod_container_resource_limits{namespace="{{ .Release.Namespace }}", container="dictum", resource="memory"}) > 0.9
  for: 10m
  labels: {severity: warning}
  annotations:
    summary: Pod {{ "{{ $labels.pod }}" }} of {{ $name }} is near its memory limit
    description: Lower max_in_flight_bytes or raise resources.limits.memory.
{{- end }}
