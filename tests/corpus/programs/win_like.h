#pragma once
#define __stdcall
typedef void* HANDLE;
typedef unsigned long DWORD;
typedef DWORD (__stdcall *LPTHREAD_START_ROUTINE)(void*);
#ifdef __cplusplus
extern "C" {
#endif
HANDLE CreateThread(void*, unsigned long, LPTHREAD_START_ROUTINE, void*, DWORD, DWORD*);
unsigned long _beginthreadex(void*, unsigned, unsigned (*)(void*), void*, unsigned, unsigned*);
DWORD WaitForMultipleObjects(DWORD, const HANDLE*, int, DWORD);
DWORD WaitForSingleObject(HANDLE, DWORD);
#ifdef __cplusplus
}
#endif
