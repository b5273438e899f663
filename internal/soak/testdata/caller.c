// Loads a library and calls what Python's ctypes calls: start, many invocations, and free after each. What it passes
// ends where memory ends, and is unmapped after the call, so that a read past its end, or too late, ends the process.
//
//	caller LIBRARY CALLS
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
	const void *data;
	uint64_t length;
	uint64_t handle;
	const void *type;
	uint64_t type_length;
	unsigned char room[4056];
} reply;

static const char *credentials = "{\"accessKeyID\":\"a\"}";

static const void *hand_over(uint64_t *length) {
	*length = strlen(credentials);
	return credentials;
}

static void *need(void *library, const char *name) {
	void *found = dlsym(library, name);
	if (found == NULL) {
		fprintf(stderr, "caller: %s\n", dlerror());
		exit(3);
	}
	return found;
}

// A text whose last byte is the last of a page, with a page after it that nobody may read.
typedef struct {
	char *map, *text;
	size_t size;
} guarded;

static guarded guard(const char *text, size_t length) {
	size_t page = sysconf(_SC_PAGESIZE), size = (length + page - 1) / page * page + page;
	char *map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED || mprotect(map + size - page, page, PROT_NONE) != 0) {
		perror("caller: map memory");
		exit(3);
	}
	guarded g = {map, map + size - page - length, size};
	memcpy(g.text, text, length);
	return g;
}

static void unguard(guarded g) { munmap(g.map, g.size); }

// Reads every byte.
static uint64_t sum(const void *data, uint64_t length) {
	uint64_t total = 0;
	for (uint64_t i = 0; i < length; i++) total += ((const unsigned char *)data)[i];
	return total;
}

int main(int argc, char **argv) {
	if (argc != 3) return 2;
	void *library = dlopen(argv[1], RTLD_NOW);
	if (library == NULL) {
		fprintf(stderr, "caller: %s\n", dlerror());
		return 3;
	}
	int32_t (*start)(const void *(*)(uint64_t *), reply *) = need(library, "SpartaStart");
	int32_t (*invoke)(const char *, uint64_t, const char *, uint64_t, const char *, uint64_t, reply *) =
		need(library, "SpartaInvoke");
	int32_t (*apart)(const char *, uint64_t, const char *, uint64_t, const char *, uint64_t, reply *) =
		need(library, "SpartaInvokeApart");
	void (*release)(uint64_t) = need(library, "SpartaFree");

	reply r = {0};
	int32_t status = start(hand_over, &r);
	uint64_t total = sum(r.data, r.length);
	release(r.handle);
	if (status != 0) return 4;

	static const char metadata[] = "id\0arn\0" "4102444800000\0Root=1\0\0{\"custom\":{\"a\":\"b\"}}\0";
	int calls = atoi(argv[2]);
	for (int i = 0; i < calls; i++) {
		const char *act = i % 10 == 3 ? "fail" : i % 10 == 7 ? "panic" : "echo";
		size_t padding = i % 100 == 0 ? 1000000 : (size_t)(i * 37 % 5000);
		char *event = malloc(padding + 100);
		int begin = snprintf(event, 100, "{\"n\":%d,\"act\":\"%s\",\"text\":\"", i, act);
		memset(event + begin, 'x', padding);
		memcpy(event + begin + padding, "\"}", 2);
		size_t length = begin + padding + 2;
		guarded sent = guard(event, length), about = guard(metadata, sizeof metadata - 1), name = guard("handler", 7);
		reply answer = {0};
		status = (i % 3 == 0 ? apart : invoke)(
			name.text, 7, sent.text, length, about.text, sizeof metadata - 1, &answer);
		int changed = memcmp(sent.text, event, length);
		unguard(sent);
		unguard(about);
		unguard(name);
		free(event);
		int expected = strcmp(act, "echo") == 0 ? 0 : strcmp(act, "fail") == 0 ? 1 : 2;
		if (status != expected || answer.length == 0 || changed) {
			fprintf(stderr, "caller: call %d: status %d, %lu bytes: %.300s\n", i, status,
				(unsigned long)answer.length, (const char *)answer.data);
			return 5;
		}
		total += sum(answer.data, answer.length) + sum(answer.type, answer.type_length);
		release(answer.handle);
	}
	printf("%d calls, sum %lu\n", calls, (unsigned long)total);
	return 0;
}
