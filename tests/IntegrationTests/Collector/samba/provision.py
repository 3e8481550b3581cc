#!/usr/bin/python3
"""provision.py FOLDER ADDRESS REALM NETBIOS yes|no yes|no: a throw-away AD domain under FOLDER that serves LDAP on ADDRESS alone.

The last arguments say whether a sign-in without TLS is refused, as a hardened domain controller does, and whether it gives out
Kerberos tickets. Needs neither xattrs nor a host name of its own: the ACLs of sysvol are skipped.
"""
import logging
import os
import pwd
import sys

folder, address, realm, netbios, strong_auth, kerberos = sys.argv[1:]

for name in ("etc", "run", "log", "cache", "lock", "state", "private"):
    os.makedirs(f"{folder}/{name}")
os.chmod(f"{folder}/private", 0o700)

conf = f"{folder}/etc/smb.conf"
with open(conf, "w") as file:
    file.write(f"""[global]
 netbios name = DC1
 realm = {realm.upper()}
 workgroup = {netbios}
 server role = active directory domain controller
 server services = ldap{", kdc" if kerberos == "yes" else ""}
 interfaces = {address}/8
 bind interfaces only = yes
 private dir = {folder}/private
 state directory = {folder}/state
 cache directory = {folder}/cache
 lock directory = {folder}/lock
 pid directory = {folder}/run
 binddns dir = {folder}/bind-dns
 ncalrpc dir = {folder}/run/ncalrpc
 winbindd socket directory = {folder}/run/winbindd
 ntp signd socket directory = {folder}/run/ntp_signd
 log file = {folder}/log/samba.log
 ldap server require strong auth = {"allow_sasl_over_tls" if (strong_auth, kerberos) == ("yes", "yes") else strong_auth}
[sysvol]
 path = {folder}/state/sysvol
 read only = no
[netlogon]
 path = {folder}/state/sysvol/{realm}/scripts
 read only = no
""")

from samba.auth import system_session
from samba.param import LoadParm
from samba.provision import FILL_FULL, provision

parameters = LoadParm()
parameters.load(conf)
provision(
    logging.getLogger("provision"),
    system_session(),
    smbconf=conf,
    lp=parameters,
    samdb_fill=FILL_FULL,
    realm=realm.upper(),
    domain=netbios,
    hostname="dc1",
    hostip=address,
    hostip6=None,
    adminpass="Passw0rd-Admin1",
    dns_backend="NONE",
    serverrole="active directory domain controller",
    dom_for_fun_level=4,  # 2008 R2; None crashes while DNS is set up
    use_ntvfs=False,
    skip_sysvolacl=True,
    use_rfc2307=False,
    root=pwd.getpwuid(os.getuid()).pw_name,
    plaintext_secrets=True,
)
