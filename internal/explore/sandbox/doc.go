// Package sandbox runs a function in execution environments, as Lambda does: each serves one invocation at a time, and
// more are started while others are busy.
//
// # How it compares with Lambda
//
// Environments: an invocation goes to the idle environment that was used last, so that the others become idle for long
// enough to end. Without an idle one, an environment is started, up to the limit of concurrent invocations. Above the
// limit, an invocation fails with ErrTooMany; none waits.
//
// Failed initializations: Lambda initializes again within the invocation and reports the second failure. Here, it is
// initialized once, so that its log appears once. The next invocation starts a new environment. An initialization that
// does not end is stopped after 10 seconds and the function's timeout, as when Lambda repeats it.
//
// Ends: after a timeout, an exit or a crash, the environment has ended, with all processes that the function has
// started in it, and the next invocation is a cold start. A panic that the function has reported is the invocation's
// response, and the process ends after it.
//
// Memory: it is the resident memory of the function's process and its descendants, or the highest that the process has
// had. Lambda measures its own machine, where Python and the system's libraries may need more or less, so that only a
// process above the function's memory size is stopped: the invocation fails as on Lambda, with "signal: killed", and
// its REPORT line says Runtime.OutOfMemory. The memory is read every 100 ms and after each invocation that takes more
// than 10 ms. If it was too high only in between, the invocation fails, too, because Lambda would have stopped it;
// among shorter invocations, it may be a later one that fails. Pages that several processes share count for each of
// them. Memory is measured on Linux only; elsewhere, it is unknown and not limited.
//
// Frozen environments: between two invocations, Lambda freezes an environment. Here, threads and goroutines continue.
// What they print belongs to the invocation before.
package sandbox
