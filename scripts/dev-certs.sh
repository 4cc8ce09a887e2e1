#!/usr/bin/env bash
# Makes an authority and certificates to try security out with; never for production, as all keys lie in one folder.
#
#   scripts/dev-certs.sh DIR [HOST...]
#
# DIR then holds ca.pem with ca.key, and for each of scheduler, executor, admin and infer NAME.pem with NAME.key. The services'
# certificates are for localhost, 127.0.0.1, ::1, their own names and every HOST (a DNS name or an IP address). An authority that
# is there already stays; the certificates are made anew, so that running this again rotates them.
set -euo pipefail

fail() { printf '%s\n' "dev-certs: $*" >&2; exit 1; }

[ $# -ge 1 ] || fail "usage: scripts/dev-certs.sh DIR [HOST...]"
command -v openssl >/dev/null || fail "needs openssl (scripts/setup.sh installs it)"

folder=$1
shift
DAYS=30
umask 077
mkdir -p "$folder"
cd "$folder"

# Files are exchanged whole: a service may be reading them.
work=$(mktemp -d ./.new-XXXXXX)
trap 'rm -rf "$work"' EXIT

new_key() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}

if [ ! -s ca.pem ] || [ ! -s ca.key ]; then
  new_key "$work/ca.key"
  openssl req -x509 -new -key "$work/ca.key" -sha256 -days 365 -subj "/CN=Fovea development authority" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign -out "$work/ca.pem"
  mv "$work/ca.key" ca.key
  mv "$work/ca.pem" ca.pem
fi

# issue NAME USES ALTERNATIVE-NAMES
issue() {
  new_key "$work/$1.key"
  openssl req -new -key "$work/$1.key" -subj "/CN=$1" -out "$work/$1.csr"
  printf '%s\n' "basicConstraints=critical,CA:FALSE" "keyUsage=critical,digitalSignature" "extendedKeyUsage=$2" "subjectAltName=$3" >"$work/$1.ext"
  openssl x509 -req -in "$work/$1.csr" -CA ca.pem -CAkey ca.key -set_serial "0x$(openssl rand -hex 16)" -sha256 -days "$DAYS" \
    -extfile "$work/$1.ext" -out "$work/$1.pem" 2>/dev/null
  mv "$work/$1.key" "$1.key"
  mv "$work/$1.pem" "$1.pem"
}

hosts="DNS:localhost,IP:127.0.0.1,IP:::1"
for host in "$@"; do
  if [[ $host =~ ^[0-9.]+$ || $host == *:* ]]; then
    hosts="$hosts,IP:$host"
  else
    hosts="$hosts,DNS:$host"
  fi
done

for service in scheduler executor; do
  issue "$service" serverAuth,clientAuth "DNS:$service,$hosts"
done
for client in admin infer; do
  issue "$client" clientAuth "DNS:$client"
done
printf '%s\n' "dev-certs: $(pwd) holds ca, scheduler, executor, admin and infer, valid for $DAYS days"
