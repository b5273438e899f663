// A stand-in for the Go library: the same exported functions, with behaviour
// that the tests choose by the function's name.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

typedef struct {
	const void *data;
	uint64_t length;
	uint64_t handle;
	const void *type;
	uint64_t type_length;
	unsigned char room[4056];
} sparta_reply;

typedef const void *(*sparta_credentials)(uint64_t *length);

static sparta_credentials credentials;
static int live; // replies that were not freed

static int32_t reply_with(sparta_reply *reply, const char *bytes, uint64_t length, int32_t status) {
	char *copy = malloc(length + 1);
	memcpy(copy, bytes, length);
	reply->data = length ? copy : NULL;
	reply->length = length;
	reply->handle = (uint64_t)(uintptr_t)copy;
	live++;
	return status;
}

static int32_t reply_text(sparta_reply *reply, const char *text, int32_t status) {
	return reply_with(reply, text, strlen(text), status);
}

int32_t SpartaStart(sparta_credentials call, sparta_reply *reply) {
	credentials = call;
	const char *outcome = getenv("FAKE_START");
	if (outcome && outcome[0] == '{')
		return reply_text(reply, outcome, 1);
	return reply_text(reply, outcome ? outcome : "*", 0);
}

int32_t SpartaInvoke(const char *name, uint64_t name_length, const char *event, uint64_t event_length,
                     const char *metadata, uint64_t metadata_length, sparta_reply *reply) {
	char function[64] = {0};
	memcpy(function, name, name_length < 63 ? name_length : 63);
	if (!strcmp(function, "echo"))
		return reply_with(reply, event, event_length, 0);
	if (!strcmp(function, "metadata"))
		return reply_with(reply, metadata, metadata_length, 0);
	if (!strcmp(function, "nul"))
		return reply_with(reply, "\"a\0b\"", 5, 0);
	if (!strcmp(function, "binary"))
		return reply_with(reply, "\xff\x00\xfe", 3, 0);
	if (!strcmp(function, "typed")) {
		reply->type = "text/csv";
		reply->type_length = 8;
		return reply_text(reply, "a,b", 0);
	}
	if (!strcmp(function, "short")) {
		memcpy(reply->room, "\"here\"", 6);
		reply->data = reply->room;
		reply->length = 6;
		return 0;
	}
	if (!strcmp(function, "panic"))
		return reply_with(reply, event, event_length, 2);
	if (!strcmp(function, "empty"))
		return reply_with(reply, "", 0, 0);
	if (!strcmp(function, "fail"))
		return reply_with(reply, event, event_length, 1);
	if (!strcmp(function, "live")) {
		char text[32];
		snprintf(text, sizeof text, "%d", live);
		return reply_text(reply, text, 0);
	}
	if (!strcmp(function, "credentials")) {
		uint64_t length = 0;
		const void *data = credentials(&length);
		return reply_with(reply, data, length, 0);
	}
	return reply_with(reply, name, name_length, 0);
}

void SpartaFree(uint64_t handle) {
	live--;
	free((void *)(uintptr_t)handle);
}

int32_t SpartaBeforeSnapshot(sparta_reply *reply) {
	return reply_text(reply, getenv("FAKE_SNAPSHOT") ? getenv("FAKE_SNAPSHOT") : "", getenv("FAKE_SNAPSHOT") ? 1 : 0);
}

int32_t SpartaAfterRestore(sparta_reply *reply) { return reply_text(reply, "", 0); }
