#!/usr/bin/env bash
# Writes the secrets that k8s/ mounts to standard output, with passwords and keys made anew, for `kubectl apply -f -`.
#
#   scripts/k8s-secrets.sh [--namespace NAME] [--tls] [--days N] [--keep DIR]
#     --namespace NAME   default fovea
#     --tls              also a certificate authority and a certificate each for scheduler, executor, Redis, a client and an
#                        administrator; for a trial, or where no cert-manager is there
#     --days N           how long the certificates hold (default 90)
#     --keep DIR         leave the authority and the certificates there too, where the client's and the administrator's are needed
set -euo pipefail
umask 077

fail() { printf 'k8s-secrets: %s\n' "$*" >&2; exit 1; }

namespace=fovea tls=0 days=90 keep=''
while [ "$#" -gt 0 ]; do
  case $1 in
    --tls) tls=1 ;;
    --namespace | --days | --keep)
      [ "$#" -gt 1 ] || fail "'$1' needs a value"
      case $1 in
        --namespace) namespace=$2 ;;
        --days) days=$2 ;;
        --keep) keep=$2 ;;
      esac
      shift
      ;;
    *) fail "unknown option '$1'; known: --namespace, --tls, --days, --keep" ;;
  esac
  shift
done
command -v openssl >/dev/null || fail "no 'openssl' on PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# secret NAME TYPE FILE...: the key of each file is its name.
secret() {
  local name=$1 type=$2 file body
  shift 2
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n  namespace: %s\ntype: %s\ndata:\n' "$name" "$namespace" "$type"
  for file in "$@"; do
    body=$(base64 -w0 "$file")
    printf '  %s: %s\n' "$(basename "$file")" "$body"
  done
}

redis_secrets() {
  local password
  password=$(openssl rand -hex 32)
  printf '%s' "$password" >"$work/password"
  # A scheduler reads and writes its own keys by scripts, and hears of changes; a probe only asks for life.
  cat >"$work/users.acl" <<ACL
user default off
user probe on nopass resetkeys resetchannels -@all +ping
user scheduler on #$(sha256sum "$work/password" | cut -d' ' -f1) resetkeys ~{fovea}:* resetchannels &fovea:* -@all +ping +echo +select +subscribe +unsubscribe +eval +time +publish +del +pexpire +hget +hgetall +hmget +hvals +hset +hdel +lindex +llen +lpush +lrange +ltrim +rpush +xadd +xrange +xrevrange +zadd +zrangebyscore +zrem +zremrangebyscore
ACL
  secret fovea-redis-users Opaque "$work/users.acl"
  secret fovea-redis-login Opaque "$work/password"
}

# certificate NAME COMMON-NAME [DNS-NAME...]
certificate() {
  local folder=$work/$1 subject=/CN=$2 alternative='' dns
  shift 2
  mkdir -p "$folder"
  for dns in "$@"; do alternative+=",DNS:$dns"; done
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$subject" -keyout "$folder/tls.key" -out "$folder/request" 2>/dev/null
  {
    printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\n'
    [ -z "$alternative" ] || printf 'subjectAltName=%s\n' "${alternative#,}"
  } >"$folder/extensions"
  openssl x509 -req -in "$folder/request" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days "$days" \
    -extfile "$folder/extensions" -out "$folder/tls.crt" 2>/dev/null
  cp "$work/ca.crt" "$folder/ca.crt"
  rm "$folder/request" "$folder/extensions"
}

tls_secrets() {
  local name
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj '/CN=fovea authority' \
    -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
  for name in scheduler executor redis; do
    certificate "$name" "fovea-$name" localhost "fovea-$name" "fovea-$name.$namespace" "fovea-$name.$namespace.svc" \
      "fovea-$name-headless" "fovea-$name-headless.$namespace.svc"
    secret "fovea-$name-tls" kubernetes.io/tls "$work/$name/tls.crt" "$work/$name/tls.key" "$work/$name/ca.crt"
  done
  for name in client admin; do certificate "$name" "fovea-$name"; done
  if [ -n "$keep" ]; then
    mkdir -p "$keep"
    cp -r "$work"/ca.crt "$work"/ca.key "$work"/{scheduler,executor,redis,client,admin} "$keep/"
  fi
}

redis_secrets
if [ "$tls" = 1 ]; then tls_secrets; fi
