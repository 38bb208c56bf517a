//! Properties of everything that was explored: they speak of what can still happen from a state.
