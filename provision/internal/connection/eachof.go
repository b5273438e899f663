package connection

import "sync"

// few is how many requests run at a time where there is one for each function: a service may have hundreds, and the
// account's other users share its request rate.
const few = 8

// EachOf calls do for every index below count, a few at a time, and returns when all calls have returned.
func EachOf(count int, do func(i int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(few, count) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := range next {
				do(i)
			}
		}()
	}
	for i := range count {
		next <- i
	}
	close(next)
	workers.Wait()
}
