// Goes by the CSS classes, which the 9.0 and the 10.0 script both set; only the 10.0 one also raises an event.
const modal = document.getElementById("components-reconnect-modal");
const stateClass = name => modal.classList.contains("components-reconnect-" + name);
const openStates = ["show", "retrying", "failed", "paused", "resume-failed"];
let watching = false;

function apply() {
  if (stateClass("rejected")) {
    location.reload();
    return;
  }
  if (stateClass("hide")) {
    modal.close();
    return;
  }
  if (openStates.some(stateClass)) {
    if (!modal.open) {
      modal.showModal();
    }
    watchForServer();
  }
}

// The script's own attempts are soon five seconds apart and then end: ask the server every second, and reconnect when it answers.
async function watchForServer() {
  if (watching) {
    return;
  }
  watching = true;
  while (modal.open) {
    await new Promise(resolve => setTimeout(resolve, 1000));
    if (modal.open && await serverAnswers() && await reconnect()) {
      break;
    }
  }
  watching = false;
}

async function serverAnswers() {
  try {
    return (await fetch("healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function reconnect() {
  try {
    if (await Blazor.reconnect()) {
      return true;
    }
    if (typeof Blazor.resumeCircuit === "function" && await Blazor.resumeCircuit()) {
      modal.close();
      return true;
    }
    // The server answers but no longer knows this circuit.
    location.reload();
    return true;
  } catch {
    return false;
  }
}

new MutationObserver(apply).observe(modal, { attributes: true, attributeFilter: ["class"] });
document.getElementById("components-reconnect-button").addEventListener("click", reconnect);
document.getElementById("components-resume-button").addEventListener("click", reconnect);
apply();
