#!/bin/sh
# Makes the certificates of the local hosts, valid for a hundred years. The keys are no secret: they are for tests alone.
# Run in this folder; needs OpenSSL 3.
set -eu
days=36500
subject() { printf '/O=Marginalia tests/CN=%s' "$1"; }
key() { openssl ecparam -name prime256v1 -genkey -noout; }

key > authority.key
openssl req -x509 -new -key authority.key -days $days -subj "$(subject 'Test authority')" -out authority.pem \
	-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign

key > intermediate.key
openssl req -new -key intermediate.key -subj "$(subject 'Test intermediate')" -out request.csr
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > extensions.cnf
openssl x509 -req -in request.csr -CA authority.pem -CAkey authority.key -days $days -extfile extensions.cnf -out intermediate.pem

key > host.key
openssl req -new -key host.key -subj "$(subject secure.test)" -out request.csr
printf 'subjectAltName=DNS:secure.test,DNS:*.secure.test,IP:127.0.0.1\n' > extensions.cnf
openssl x509 -req -in request.csr -CA intermediate.pem -CAkey intermediate.key -days $days -extfile extensions.cnf -out host.pem

openssl req -x509 -new -key host.key -days $days -subj "$(subject self-signed.test)" -out self-signed.pem \
	-addext subjectAltName=DNS:self-signed.test,IP:127.0.0.1

rm -f authority.key intermediate.key request.csr extensions.cnf authority.srl intermediate.srl
