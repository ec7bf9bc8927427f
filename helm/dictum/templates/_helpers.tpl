{{- define "dictum.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "dictum.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "dictum.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The full name with something behind it: (list . "headless"). Never longer than a name may be, less what is kept free for what
Kubernetes puts behind it: (list . "bulk" 6). */}}
{{- define "dictum.named" -}}
{{- $suffix := index . 1 -}}
{{- $free := 0 }}{{ if gt (len .) 2 }}{{ $free = index . 2 }}{{ end }}
{{- printf "%s-%s" (include "dictum.fullname" (index . 0) | trunc (int (sub (sub 62 (len $suffix)) $free)) | trimSuffix "-") $suffix }}
{{- end }}

{{- define "dictum.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "dictum.fullname" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- /* Never changed: a Deployment's selector is immutable. */}}
{{- define "dictum.selectorLabels" -}}
app.kubernetes.io/name: {{ include "dictum.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* What tells the release's own pods. Of pods that no Service, Deployment or PodDisruptionBudget of the release may take for its
own: (dict "root" . "component" "bulk"). */}}
{{- define "dictum.identity" -}}
{{- if .component -}}
app.kubernetes.io/name: {{ printf "%s-%s" (include "dictum.name" .root | trunc 50 | trimSuffix "-") .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- else }}
{{- include "dictum.selectorLabels" .root }}
{{- end }}
{{- end }}

{{- /* Labels: identity first, then `more`, then those of every object; no key twice. (dict "root" . "component" … "more" …)
With "pod" they are a template's, which a new version of the chart alone does not change: nothing is restarted for it. */}}
{{- define "dictum.labels" -}}
{{- $chart := dict
    "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
    "app.kubernetes.io/version" (.root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | trimAll "-._")
    "app.kubernetes.io/managed-by" .root.Release.Service
    "app.kubernetes.io/part-of" "dictum" -}}
{{- if .pod }}{{ $chart = omit $chart "helm.sh/chart" }}{{ end -}}
{{- merge (dict) (include "dictum.identity" . | fromYaml) (.more | default dict) $chart .root.Values.commonLabels | toYaml }}
{{- end }}

{{- /* Name, namespace, labels and annotations: (dict "root" . "name" … "component" … "more" (labels) … "annotations" …). */}}
{{- define "dictum.metadata" -}}
name: {{ .name | default (include "dictum.fullname" .root) }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "dictum.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "dictum.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- /* Pods in all, as far as it is known here: whether one may be away. */}}
{{- define "dictum.fewestPods" -}}
{{- if .Values.keda.enabled }}{{ int .Values.keda.minReplicas }}
{{- else if .Values.autoscaling.enabled }}{{ int .Values.autoscaling.minReplicas }}
{{- else }}{{ int .Values.replicaCount }}
{{- end }}
{{- end }}

{{- /* The drain, and ten seconds to cancel, to flush and to end. */}}
{{- define "dictum.gracePeriod" -}}
{{- $delay := .Values.config.drain_delay | default 0 | float64 -}}
{{- $timeout := .Values.config.drain_timeout | default 0 | float64 -}}
{{- add (ceil (addf $delay $timeout)) 10 }}
{{- end }}

{{- define "dictum.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (include "dictum.named" (list . "tls")) }}
{{- end }}

{{- define "dictum.keysSecret" -}}
{{- .Values.auth.existingSecret | default (include "dictum.named" (list . "keys")) }}
{{- end }}

{{- define "dictum.scheme" -}}
{{ ternary "https" "http" .Values.tls.enabled }}
{{- end }}

{{- /* The service's address inside of the cluster. */}}
{{- define "dictum.endpoint" -}}
{{ include "dictum.scheme" . }}://{{ include "dictum.fullname" . }}.{{ .Release.Namespace }}.svc:{{ .Values.service.port }}
{{- end }}

{{- /* The file that `dictum serve --config` reads. JSON's strings and numbers are TOML's. */}}
{{- define "dictum.toml" -}}
{{- $file := dict
    "listen" (printf "%s:%d" .Values.listen.address (int .Values.listen.grpcPort))
    "admin_listen" (printf "%s:%d" .Values.listen.address (int .Values.listen.adminPort)) -}}
{{- if .Values.tls.enabled }}
{{- $_ := set $file "tls_certificate" "/etc/dictum/tls/tls.crt" }}
{{- $_ := set $file "tls_key" "/etc/dictum/tls/tls.key" }}
{{- if .Values.tls.clientAuth.enabled }}
{{- $_ := set $file "tls_client_ca" (printf "/etc/dictum/client-ca/%s" .Values.tls.clientAuth.key) }}
{{- end }}
{{- end }}
{{- if .Values.auth.enabled }}
{{- $_ := set $file "api_keys" (printf "/etc/dictum/keys/%s" .Values.auth.key) }}
{{- end }}
{{- $lines := list }}
{{- range $key, $value := merge (dict) $file .Values.config }}
{{- $lines = append $lines (printf "%s = %s" $key (toJson $value)) }}
{{- end }}
{{- join "\n" $lines }}
{{- end }}

{{- /* What every container of ours is allowed. */}}
{{- define "dictum.securityContext" -}}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- end }}

{{- /* Where pods go, and as whom: of the Deployment, of the bulk Job, of the tests. */}}
{{- define "dictum.placement" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with .Values.schedulerName }}
schedulerName: {{ . }}
{{- end }}
{{- with .Values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .Values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* What a client shows and trusts: (dict "root" . "secret" (a Secret is mounted)). */}}
{{- define "dictum.clientTls" -}}
{{- if .secret -}}
- --tls-ca=/etc/dictum/client/ca.crt
{{- if .root.Values.tls.clientAuth.enabled }}
- --tls-cert=/etc/dictum/client/tls.crt
- --tls-key=/etc/dictum/client/tls.key
{{- end }}
{{- end }}
{{- end }}

{{- /* What both containers of `helm test` have. */}}
{{- define "dictum.testContainer" -}}
image: {{ include "dictum.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{ include "dictum.securityContext" . }}
resources:
  requests:
    cpu: 50m
    memory: 32Mi
    ephemeral-storage: 16Mi
  limits:
    memory: 128Mi
    ephemeral-storage: 64Mi
volumeMounts:
  - name: article
    mountPath: /test
    readOnly: true
  {{- if .Values.tls.enabled }}
  - name: client
    mountPath: /etc/dictum/client
    readOnly: true
  {{- end }}
  {{- if .Values.tests.tokenSecret }}
  - name: token
    mountPath: /etc/dictum/token
    readOnly: true
  {{- end }}
{{- end }}
