// What names of functions tell in whatever library they stand: methods of containers and pointers,
// algorithms, calls of C and of systems that look at bytes.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto effect_lists = std::to_array<EffectList>({
    {ThreadNumber,
     "omp_get_thread_num,sched_getcpu,gettid,pthread_self,thrd_current,get_id,"
     "GetCurrentThreadId,getcpu,this_worker_id,current_worker_id,smp_processor_id,"
     "GetCurrentProcessorNumber,PhysicalCoreID,current_thread_index,rte_lcore_id,rte_lcore_index,"
     "SDL_ThreadID,SDL_GetCurrentThreadID,uv_thread_self,g_thread_self,get_worker_thread_num"},
    {{Waits, Sleeps},
     "sleep_for,sleep_until,thrd_sleep,sleep,usleep,nanosleep,clock_nanosleep,Sleep,"
     "SleepEx,SDL_Delay,uv_sleep,g_usleep,rte_delay_ms,rte_delay_us_sleep,SleepFor"},
    {{Waits, FromOutside},
     "poll,ppoll,select,pselect,epoll_wait,epoll_pwait,epoll_pwait2,kevent,accept,"
     "accept4,connect,recv,recvfrom,recvmsg,recvmmsg,send,sendto,sendmsg,sendmmsg,read,"
     "readv,pread,preadv,write,writev,pwrite,pwritev,fsync,fdatasync,waitpid,wait4,"
     "io_uring_wait_cqe,io_uring_submit_and_wait,GetQueuedCompletionStatus,GetMessageA,"
     "GetMessageW"},
    {Waits,
     "pthread_cond_wait,pthread_cond_timedwait,pthread_cond_clockwait,"
     "pthread_barrier_wait,cnd_wait,cnd_timedwait,sem_wait,sem_timedwait,sem_clockwait,"
     "WaitForSingleObject,WaitForSingleObjectEx,WaitForMultipleObjects,"
     "SleepConditionVariableCS,SleepConditionVariableSRW,WaitOnAddress,g_cond_wait,"
     "g_cond_wait_until,g_async_queue_pop,g_async_queue_timeout_pop,SDL_CondWait,"
     "SDL_CondWaitTimeout,SDL_WaitCondition,SDL_WaitConditionTimeout,SDL_SemWait,"
     "SDL_WaitSemaphore,uv_cond_wait,uv_cond_timedwait,uv_sem_wait,uv_barrier_wait,"
     "rte_eal_wait_lcore,rte_eal_mp_wait_lcore,mq_receive,msgrcv"},
    {WaitsMethod,
     "wait,wait_for,wait_until,acquire,try_acquire_for,arrive_and_wait,wait_and_pop,wait_dequeue,"
     "wait_dequeue_bulk,wait_dequeue_timed,wait_pop,pop_wait,wait_pull,wait_pull_front,"
     "blockingRead,"
     "blocking_pop,pop_blocking,WaitForCondition,Await,AwaitWithTimeout"},
    {TakesItself,
     "lock,try_lock,Lock,WriteLock,lock_upgrade,acquire,Acquire,enter,Enter,WriterLock,"
     "try_lock_for,try_lock_until,TryLock"},
    {{TakesItself, SharedLock}, "lock_shared,try_lock_shared,ReadLock,LockShared,ReaderLock"},
    {ReleasesItself,
     "unlock,unlock_shared,Unlock,ReadUnlock,WriteUnlock,unlock_upgrade,release,"
     "Release,leave,Leave,UnlockShared,ReaderUnlock,WriterUnlock"},
    {JoinsObject, "wait,join_all,wait_for_all"},
    {AtomicRead, "load,test,wait"},
    {AtomicWrite, "store,clear,operator="},
    {AtomicAside, "is_lock_free,notify_one,notify_all"},
    {LikePool,
     "submit,Submit,enqueue,Enqueue,post,Post,schedule,Schedule,AddTask,add_task,"
     "addTask,push_task,pushTask,submit_task,detach_task,run_async,RunAsync,spawn,"
     "Spawn,SubmitJob,ScheduleTask,PostTask,QueueWork,queue_work,silent_async,async,"
     "add_job,addJob,thpool_add_work"},
    {Passes, "move,forward,addressof,ref,cref,as_const"},
    {CallsNow, "invoke,apply,call_once,visit,invoke_r"},
    {KeepsCallable,
     "bind,make_pair,make_tuple,bind_front,mem_fn,not_fn,swap,make_unique,make_shared,"
     "make_any,atexit,signal,set_terminate"},
    {Makes, "make_unique,make_shared,allocate_shared,make_rc"},
    {BytesGoOut,
     "BIO_read,BIO_write,DeviceIoControl,ReadFile,SSL_read,SSL_write,WSARecv,WSASend,"
     "WriteFile,clEnqueueReadBuffer,clEnqueueWriteBuffer,cudaMemcpy,cudaMemcpyAsync,"
     "fcntl,fgets,fread,fread_unlocked,fwrite,fwrite_unlocked,getsockopt,glBufferData,"
     "glBufferSubData,gzread,gzwrite,ioctl,mq_receive,mq_send,msgrcv,msgsnd,pread,"
     "pread64,process_vm_readv,pwrite,pwrite64,read,read_some,readsome,recv,recvfrom,"
     "send,sendto,setsockopt,sgetn,sputn,write,write_some"},
    {CopiesBytes,
     "CopyMemory,FillMemory,MoveMemory,bcmp,bcopy,memccpy,memcmp,memcpy,memcpy_s,memmove,"
     "memmove_s,mempcpy,wmemcpy"},
    {MapsBytes, "GetProcAddress,LockResource,MapViewOfFile,dlsym,dlvsym,mmap,mmap64,shmat"},
    {{CopiesBytes, SetsBytes}, "ZeroMemory,bzero,explicit_bzero,memset,memset_s"},
    {Neutral,
     "addressof,assume_aligned,bsearch,cfree,fprintf,free,launder,lfind,madvise,mlock,"
     "mprotect,munlock,munmap,operator delete,operator delete[],prefetch,printf,qsort,"
     "qsort_r,snprintf,sprintf"},
    {RunsOver,
     "accumulate,all_of,any_of,copy,copy_backward,copy_if,copy_n,count,count_if,equal,"
     "fill,fill_n,find,find_if,for_each,for_each_n,generate,generate_n,iota,max_element,"
     "min_element,mismatch,move_backward,none_of,partial_sum,reduce,replace,reverse,"
     "rotate,sort,stable_sort,swap_ranges,transform,uninitialized_copy"},
    {GivesHandle, "get,data,c_str,begin,end,native_handle"},
    {GivesArray, "data,begin,cbegin,ptr,raw,values,array,as_array,value_ptr,c_ptr"},
    {Pure,
     "abs,addressof,as_const,begin,cbegin,cend,ceil,clamp,cref,data,empty,end,floor,get,"
     "isfinite,isnan,make_pair,make_shared,make_tuple,make_unique,max,min,operator!=,"
     "operator+,operator-,operator/,operator==,ref,size,sqrt,to_string"},
    {PureMember,
     "at,back,begin,c_str,cbegin,cend,count,data,empty,end,front,get,has_value,length,"
     "load,operator bool,operator*,operator->,operator[],size,str,string,substr,"
     "time_since_epoch,value,value_or"},
    {Changes,
     "splice,erase,push_front,emplace_front,push_back,pop_back,emplace_back,pop_front,"
     "pop,push,back,front,top,insert,emplace,resize,try_emplace,operator[],"
     "insert_or_assign,find"},
    {Adds,
     "push_back,emplace_back,push_front,emplace_front,insert,emplace,push,try_emplace,"
     "insert_or_assign"},
    {Looks,
     "begin,end,rbegin,rend,front,back,at,operator[],find,data,get,operator->,operator*,"
     "lower_bound,value,upper_bound,top,second,equal_range,operator++,size,operator bool"},
    {TakesAway,
     "erase,clear,pop_back,pop_front,pop,reset,swap,remove,extract,resize,assign,"
     "operator=,remove_if"},
    {LockWord,
     "lock,unlock,Lock,Unlock,lock_shared,unlock_shared,ReaderLock,WriterLock,lock_guard,"
     "unique_lock,scoped_lock,shared_lock,MutexLock,wait"},
    {LooksAtOwner,
     "operator->,operator*,operator bool,operator==,operator!=,operator<,operator>,"
     "operator<=,operator>=,operator<=>,operator<<,operator[],operator!,get,get_pointer"},
    {Keeps,
     "push_back,push_front,insert,emplace,emplace_back,emplace_front,push,assign,"
     "try_emplace,append,operator=,add,enqueue,make_pair,make_tuple,resize,fill,tie,"
     "insert_or_assign,bind"},
    {MakesPair, "make_pair,pair"},
    {MakesCounted,
     "make_shared,make_rc,allocate_shared,make_local_shared,make_intrusive,"
     "make_shared_for_overwrite"},
    {MovesElements,
     "sort,stable_sort,partial_sort,nth_element,partition,stable_partition,rotate,"
     "shuffle,remove_if,reverse,make_heap,unique"},
    {Compares, "operator==,operator!=,compare,operator<,operator<=>,operator>"},
    {HandsOut,
     "begin,end,rbegin,rend,cbegin,cend,data,operator[],at,front,back,get,operator*,"
     "operator->,find,c_str,lower_bound,upper_bound,equal_range,value,lock,native_handle,"
     "top"},
    {NeverReturns,
     "abort,exit,_exit,_Exit,quick_exit,terminate,__builtin_unreachable,__builtin_trap,"
     "__assert_fail"},
});

constexpr auto builders = std::to_array<KnownFunction>({
    {"*", "allocate_shared", Builds, -1, 1},
    {"*", "allocate_unique", Builds, -1, 1},
    {"*", "construct", Builds, -1, 1},
    {"*", "construct_at", Builds, -1, 1},
    {"*", "emplace", Builds, -1, 0},
    {"*", "emplace_after", Builds, -1, 1},
    {"*", "emplace_at", Builds, -1, 1},
    {"*", "emplace_back", Builds, -1, 0},
    {"*", "emplace_back_unchecked", Builds, -1, 0},
    {"*", "emplace_front", Builds, -1, 0},
    {"*", "emplace_hint", Builds, -1, 1},
    {"*", "make_any", Builds, -1, 0},
    {"*", "make_from_tuple", Builds, -1, 0},
    {"*", "make_intrusive", Builds, -1, 0},
    {"*", "make_optional", Builds, -1, 0},
    {"*", "make_scoped", Builds, -1, 0},
    {"*", "make_shared", Builds, -1, 0},
    {"*", "make_unique", Builds, -1, 0},
    {"*", "try_emplace", Builds, -1, 1},
    {"*", "unchecked_emplace_back", Builds, -1, 0},
    {"*", "uninitialized_construct_using_allocator", Builds, -1, 2},
    {"*", "unsafe_emplace_back", Builds, -1, 0},
});

}  // namespace

Family builder_functions() {
  return {{}, builders};
}

std::span<const EffectList> lists() {
  return effect_lists;
}

}  // namespace snug::families
