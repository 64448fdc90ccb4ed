/*
 * timeline.c: the plain C priority-queue loop that Drydock's `Timeline` is measured against.
 *
 * Written once; unchanged afterwards, so that figures stay comparable.
 *
 *     cc -O3 -o timeline timeline.c
 *     ./timeline [N[:OPERATIONS] ...]        default: 100:25000000 10000:12000000 1000000:3000000
 *
 * One line per size: `N events_per_second checksum`. One operation is one pop and one push, and
 * counts as one event. Best of three rounds; filling the queue is not timed. OPERATIONS left out
 * means 3000000 (for the three default sizes, the number above).
 *
 * The queue is a textbook binary min-heap (M. A. Weiss, "Data Structures and Algorithm Analysis in
 * C": an array of structs, a hole that moves up or down, the entry written once at its end). No
 * tricks: pop and push are two calls, no cached keys, no wider fan-out, no "replace the top".
 *
 * To write the same loop in another language and get the SAME checksum (all arithmetic on uint64
 * wraps, `>>` is a logical shift):
 *
 *   Random words   splitmix64 (Vigna), state starts at seed = 42 for every size and every round:
 *                      state += 0x9E3779B97F4A7C15
 *                      z = state
 *                      z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
 *                      z = (z ^ (z >> 27)) * 0x94D049BB133111EB
 *                      word = z ^ (z >> 31)
 *   Delay          octave = number of trailing zero bits of (word | 1 << 30)          0 ... 30
 *                  delay  = 1 + (octave << 33) + (word >> 31)                         nanoseconds
 *                  Half of the delays lie in the first 2^33 ns (8.6 s), a quarter in the next, and
 *                  so on: an exponential made of straight pieces, half-life 8.6 s, in integers.
 *   Entry          { int64 time; uint64 order; payload { uint32 kind, id; uint64 first, second } }
 *                  40 bytes. `order` is 0, 1, 2, ... in the order of pushing, from 0 in each round.
 *   Schedule       schedule(now): take ONE random word; time = now + delay(word);
 *                  kind = order & 15; id = low 32 bits of order; first = word; second = now.
 *   Ordering       smaller time first; among equal times, smaller order first.
 *   Fill           schedule(0), N times.
 *   Operation      pop; add the popped payload to the checksum; schedule(popped time).
 *   Checksum       starts at 0; for each popped payload:
 *                  checksum = checksum * 6364136223846793005 + (first ^ second) + kind + id
 *                  The N entries left at the end are not part of it.
 */
#define _POSIX_C_SOURCE 199309L

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SEED = 42, ROUNDS = 3, OTHERWISE = 3000000 };

typedef struct {
    uint32_t kind;
    uint32_t id;
    uint64_t first;
    uint64_t second;
} Payload;

typedef struct {
    int64_t time;
    uint64_t order;
    Payload payload;
} Entry;

typedef struct {
    Entry *entries; /* entries[0] is the next one due */
    size_t count;
    uint64_t scheduled; /* how many were ever pushed: the order of the next one */
    uint64_t random;
} Queue;

static uint64_t next_word(uint64_t *state) {
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int64_t delay(uint64_t word) {
    /* A builtin of both GCC and Clang: C99 itself has no word for it. */
    uint64_t octave = (uint64_t)__builtin_ctzll(word | UINT64_C(1) << 30);
    return (int64_t)(1 + (octave << 33) + (word >> 31));
}

static int is_before(const Entry *a, const Entry *b) {
    return a->time < b->time || (a->time == b->time && a->order < b->order);
}

static void push(Queue *queue, Entry entry) {
    Entry *entries = queue->entries;
    size_t hole = queue->count++;
    while (hole > 0) {
        size_t parent = (hole - 1) / 2;
        if (!is_before(&entry, &entries[parent])) break;
        entries[hole] = entries[parent];
        hole = parent;
    }
    entries[hole] = entry;
}

static Entry pop(Queue *queue) {
    Entry *entries = queue->entries;
    Entry top = entries[0];
    Entry last = entries[--queue->count];
    size_t count = queue->count;
    size_t hole = 0;
    for (;;) {
        size_t child = 2 * hole + 1;
        if (child >= count) break;
        if (child + 1 < count && is_before(&entries[child + 1], &entries[child])) child++;
        if (!is_before(&entries[child], &last)) break;
        entries[hole] = entries[child];
        hole = child;
    }
    entries[hole] = last;
    return top;
}

static void schedule(Queue *queue, int64_t now) {
    uint64_t order = queue->scheduled++;
    uint64_t word = next_word(&queue->random);
    Entry entry = {
        now + delay(word), order, {(uint32_t)(order & 15), (uint32_t)order, word, (uint64_t)now}};
    push(queue, entry);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Plays one round and returns the seconds the operations took. */
static double play(Entry *entries, uint64_t size, uint64_t operations, uint64_t *checksum) {
    Queue queue = {entries, 0, 0, SEED};
    for (uint64_t i = 0; i < size; i++) schedule(&queue, 0);

    uint64_t sum = 0;
    double start = seconds();
    for (uint64_t i = 0; i < operations; i++) {
        Entry due = pop(&queue);
        Payload *it = &due.payload;
        sum = sum * UINT64_C(6364136223846793005) + (it->first ^ it->second) + it->kind + it->id;
        schedule(&queue, due.time);
    }
    double took = seconds() - start;
    *checksum = sum;
    return took;
}

static int measure(uint64_t size, uint64_t operations) {
    Entry *entries = malloc(size * sizeof(Entry));
    if (entries == NULL) {
        fprintf(stderr, "timeline: no memory for %" PRIu64 " entries\n", size);
        return 1;
    }
    double best = 0;
    uint64_t checksum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double took = play(entries, size, operations, &checksum);
        if (round == 0 || took < best) best = took;
    }
    free(entries);
    printf("%" PRIu64 " %.0f %016" PRIx64 "\n", size, (double)operations / best, checksum);
    fflush(stdout);
    return 0;
}

static uint64_t usual_operations(uint64_t size) {
    switch (size) {
    case 100: return 25000000;
    case 10000: return 12000000;
    default: return OTHERWISE;
    }
}

int main(int argc, char **argv) {
    static char *usual[] = {"", "100", "10000", "1000000"};
    if (argc < 2) {
        argc = 4;
        argv = usual;
    }
    for (int i = 1; i < argc; i++) {
        char *end;
        uint64_t size = strtoull(argv[i], &end, 10);
        uint64_t operations = *end == ':' ? strtoull(end + 1, &end, 10) : usual_operations(size);
        if (*end != '\0' || size == 0 || operations == 0) {
            fprintf(stderr, "usage: timeline [N[:OPERATIONS] ...]\n");
            return 2;
        }
        if (measure(size, operations) != 0) return 1;
    }
    return 0;
}
