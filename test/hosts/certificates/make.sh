#!/bin/sh
# Makes the certificates of the local hosts, valid from 2020 to 2120, whatever the clock of a machine says. The keys are no
# secret: they are for tests alone. Run in this folder; needs OpenSSL 3.
set -eu
key() { openssl ecparam -name prime256v1 -genkey -noout; }

# sign NAME KEY EXTENSIONS OUTPUT SIGNER...: a certificate for a name and a key.
sign() {
	openssl req -new -key "$2" -subj "/O=Marginalia tests/CN=$1" -out request.csr
	printf '%b' "$3" > extensions.cnf
	output=$4
	shift 4
	openssl ca -batch -notext -config ca.cnf -in request.csr -extfile extensions.cnf -out "$output" "$@"
}

: > index.txt
cat > ca.cnf <<END
[ca]
default_ca = own
[own]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
default_startdate = 20200101000000Z
default_enddate = 21200101000000Z
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = supplied
END

authority='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
key > authority.key
sign 'Test authority' authority.key "$authority" authority.pem -selfsign -keyfile authority.key
key > intermediate.key
sign 'Test intermediate' intermediate.key "$authority" intermediate.pem -cert authority.pem -keyfile authority.key
key > host.key
sign secure.test host.key 'subjectAltName=DNS:secure.test,DNS:*.secure.test,IP:127.0.0.1\n' host.pem \
	-cert intermediate.pem -keyfile intermediate.key
sign self-signed.test host.key 'subjectAltName=DNS:self-signed.test,IP:127.0.0.1\n' self-signed.pem \
	-selfsign -keyfile host.key

rm -f authority.key intermediate.key request.csr extensions.cnf ca.cnf index.txt* ./[0-9A-F]*.pem
