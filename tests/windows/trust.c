/* trust.exe FILE: puts a certificate (DER) among the roots that this user trusts; for
 * tests/windows/wine.sh. Under Windows itself it would ask first. */
#include <windows.h>

#include <wincrypt.h>

int wmain(int argc, wchar_t** argv) {
    static BYTE bytes[65536];
    DWORD size = 0;
    if (argc != 2) return 2;
    HANDLE file = CreateFileW(argv[1], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !ReadFile(file, bytes, sizeof bytes, &size, NULL)) return 3;
    HCERTSTORE store =
        CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, L"ROOT");
    if (store == NULL) return 4;
    BOOL added = CertAddEncodedCertificateToStore(store, X509_ASN_ENCODING, bytes, size,
                                                  CERT_STORE_ADD_REPLACE_EXISTING, NULL);
    CertCloseStore(store, 0);
    return added ? 0 : 5;
}
